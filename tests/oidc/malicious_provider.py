"""A provider that says whatever a test wants, right or wrong."""

import base64
import json
import time
from http.server import BaseHTTPRequestHandler
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from phb_tui.central.auth.login_settings import OidcSettings
from phb_tui.central.auth.oidc import OidcProvider
from phb_tui.central.auth.sessions import PendingLogin

PENDING = PendingLogin("the state", "the nonce", "the verifier")
KEYS = {kid: ECKey.generate_key("P-256", {"kid": kid, "alg": "ES256", "use": "sig"}) for kid in ("one", "two")}
RSA = RSAKey.generate_key(2048, {"kid": "rsa"})
SHARED = OctKey.import_key(b"a secret that both of them have in this test", {"kid": "shared"})


class MaliciousProvider(BaseHTTPRequestHandler):
    """A provider that says whatever a test wants."""

    answers: dict[str, Any]
    asked: list[tuple[str, str]]

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer()

    def _answer(self) -> None:
        self.asked.append((self.path, self.headers.get("Authorization", "")))
        found = self.answers.get(self.path, 404)
        status = found if isinstance(found, int) else 200
        body = found if isinstance(found, bytes) else json.dumps(found).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def words_of(members: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(members).encode()).decode().rstrip("=")


class Said:
    """What the provider says: first of all, everything as it should be."""

    def __init__(self, address: str, answers: dict[str, Any], asked: list[tuple[str, str]]) -> None:
        self.address, self.answers, self.asked = address, answers, asked
        self.document = answers["/.well-known/openid-configuration"] = {
            "issuer": address, "authorization_endpoint": f"{address}/authorize", "token_endpoint": f"{address}/token",
            "jwks_uri": f"{address}/keys", "userinfo_endpoint": f"{address}/me",
        }  # fmt: skip
        self.keys("one")
        self.claims: dict[str, Any] = {
            "iss": address, "sub": "sub-lee", "aud": "central", "nonce": PENDING.nonce,
            "exp": int(time.time()) + 60, "iat": int(time.time()),
        }  # fmt: skip
        self.sign()

    def keys(self, *names: str) -> None:
        self.answers["/keys"] = KeySet([KEYS[name] for name in names]).as_dict()

    def sign(self, kid: str | None = "one", alg: str = "ES256", key: Any = None) -> None:
        header = {"alg": alg, **({"kid": kid} if kid else {})}
        if alg == "none":
            sealed = f"{words_of(header)}.{words_of(self.claims)}."
        else:
            sealed = jwt.encode(header, self.claims, key or KEYS[kid or "one"], algorithms=[alg])
        self.answers["/token"] = {"access_token": "access", "token_type": "Bearer", "id_token": sealed}

    def asks(self, claim: str = "sub") -> OidcProvider:
        return OidcProvider(OidcSettings(self.address, "central", "http://127.0.0.1:9", claim))

    def says(self, claim: str = "sub", **brought: str) -> str:
        return self.asks(claim).exchange_code({"state": PENDING.state, "code": "the code", **brought}, PENDING)
