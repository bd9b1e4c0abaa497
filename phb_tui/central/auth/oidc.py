"""Asking an OpenID Connect provider who somebody is: the authorization code flow, with PKCE, by its own document."""

import secrets
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from phb_tui.central.auth.login_settings import NotSignedIn, ProviderAway, SignIn, is_here, is_safe
from phb_tui.central.auth.sessions import Pending

DOCUMENT = "/.well-known/openid-configuration"
FRESH_SECONDS = 3600
"""How long the provider's document and keys are used before they are read again."""
WAIT_SECONDS = 10.0
CLOCKS_SECONDS = 60
"""How far the provider's clock and central's may be apart."""
LONGEST_NAME = 255
ALGORITHMS = frozenset(
    {
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519",
    }
)  # fmt: skip
"""Signatures that are believed: only those whose key the provider alone has."""
SCOPES = {"sub": "openid", "email": "openid email"}
NO_USE = "The service that you sign in with gave an answer that central cannot use. Tell your IT team."
NOT_FINISHED = "You did not finish signing in. If you want to, start again."
BEGUN_ELSEWHERE = "This sign-in was not begun in this browser, or it took too long. Start again."


@dataclass(frozen=True, slots=True)
class _Known:
    """What the provider says about itself.

    Attributes:
        words: Its document.
        keys: What it signs with.
        until: When to read them again, by the clock that never goes back.
    """

    words: dict[str, Any]
    keys: KeySet
    until: float


class OidcProvider:
    """A provider; see `login_settings.Provider`.

    Args:
        how: The settings.
        now: The time in seconds since 1970.
    """

    def __init__(self, how: SignIn, now: Callable[[], float] = time.time) -> None:
        self._how, self._now = how, now
        self._known: _Known | None = None
        # A server's proxy settings are for the web; a provider on this machine is not behind one.
        here = is_here(urlsplit(how.issuer).hostname or "")
        self._client = {"timeout": WAIT_SECONDS, "trust_env": not here, "verify": ssl.create_default_context()}

    def begin(self) -> tuple[str, Pending]:
        """See `signin.Provider.begin`."""
        words = self._read().words
        pending = Pending(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))
        with self._at_provider(words) as client:
            address, _state = client.create_authorization_url(
                words["authorization_endpoint"], pending.state, pending.verifier, nonce=pending.nonce
            )
        return str(address), pending

    def finish(self, answer: Mapping[str, str], pending: Pending) -> str:
        """See `signin.Provider.finish`."""
        if not secrets.compare_digest(answer.get("state", "").encode(), pending.state.encode()):
            raise NotSignedIn(BEGUN_ELSEWHERE)
        known = self._read()
        names_itself = bool(known.words.get("authorization_response_iss_parameter_supported"))
        if answer.get("iss", None if names_itself else known.words["issuer"]) != known.words["issuer"]:
            raise NotSignedIn(NO_USE)  # another provider's answer
        if "error" in answer or not answer.get("code"):
            raise NotSignedIn(NOT_FINISHED)
        try:
            with self._at_provider(known.words) as client:
                token = client.fetch_token(
                    known.words["token_endpoint"], grant_type="authorization_code", code=answer["code"],
                    code_verifier=pending.verifier,
                )  # fmt: skip
        except OAuthError as error:
            raise NotSignedIn(BEGUN_ELSEWHERE if error.error == "invalid_grant" else NO_USE) from error
        except (httpx2.HTTPError, ValueError) as error:
            raise _problem(error) from error
        return self._name(self._claims(known, token, pending), known, token)

    def _claims(self, known: _Known, token: Mapping[str, Any], pending: Pending) -> dict[str, Any]:
        """What the provider signed about somebody, once all of it is found to be meant for this sign-in."""
        sealed = token.get("id_token")
        if not isinstance(sealed, str):
            raise NotSignedIn(NO_USE)
        options = {
            "iss": {"essential": True, "value": known.words["issuer"]},
            "aud": {"essential": True, "value": self._how.client_id},
        }
        about = {"nonce": pending.nonce, "client_id": self._how.client_id, "access_token": token.get("access_token")}
        try:
            try:
                found = _opened(sealed, known.keys)
            except InvalidKeyIdError:  # it may have begun to sign with another key
                found = _opened(sealed, self._read(again=True).keys)
            claims = CodeIDToken(found.claims, found.header, options, about)
            claims.validate(int(self._now()), CLOCKS_SECONDS)
        except (JoseError, ValueError) as error:
            raise NotSignedIn(NO_USE) from error
        return dict(claims)

    def _name(self, claims: dict[str, Any], known: _Known, token: Mapping[str, Any]) -> str:
        """The claim that is somebody's name here; some providers tell it only to whoever asks for more."""
        claim = self._how.claim
        if claim not in claims and known.words.get("userinfo_endpoint"):
            more = self._get(known.words["userinfo_endpoint"], f"Bearer {token.get('access_token', '')}")
            if more.get("sub") != claims["sub"]:
                raise NotSignedIn(NO_USE)
            claims = {**more, **claims}
        name = claims.get(claim)
        if not isinstance(name, str) or not name.isprintable() or not 0 < len(name) <= LONGEST_NAME:
            raise NotSignedIn(NO_USE)
        if claim == "email" and claims.get("email_verified") is not True:
            raise NotSignedIn(
                "The service that you sign in with has not checked your e-mail address. Ask your IT team."
            )
        return name

    def _read(self, *, again: bool = False) -> _Known:
        """The provider's document and keys, as they were within the last hour."""
        known = self._known
        if known is not None and not again and time.monotonic() < known.until:
            return known
        words = self._get(f"{self._how.issuer.rstrip('/')}{DOCUMENT}")
        wanted = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
        if not all(is_safe(words.get(name)) for name in wanted):
            raise NotSignedIn(NO_USE)
        if words["issuer"].rstrip("/") != self._how.issuer.rstrip("/"):
            raise NotSignedIn(NO_USE)  # it speaks for somebody else
        try:
            keys = KeySet.import_key_set({"keys": self._get(words["jwks_uri"])["keys"]})
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise NotSignedIn(NO_USE) from error
        self._known = known = _Known(words, keys, time.monotonic() + FRESH_SECONDS)
        return known

    def _get(self, address: object, proof: str = "") -> dict[str, Any]:
        if not is_safe(address):
            raise NotSignedIn(NO_USE)
        headers = {"Accept": "application/json", **({"Authorization": proof} if proof else {})}
        try:
            with httpx2.Client(**self._client) as client:  # type: ignore[arg-type]
                found = client.get(str(address), headers=headers).raise_for_status().json()
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            raise _problem(error) from error
        if not isinstance(found, dict):
            raise NotSignedIn(NO_USE)
        return found

    def _at_provider(self, words: dict[str, Any]) -> OAuth2Client:
        method = "client_secret_basic" if self._how.secret else "none"
        known = words.get("token_endpoint_auth_methods_supported", [method])
        if self._how.secret and method not in known and "client_secret_post" in known:
            method = "client_secret_post"
        return OAuth2Client(
            self._how.client_id, self._how.secret or None, token_endpoint_auth_method=method,
            scope=SCOPES.get(self._how.claim, "openid profile"), redirect_uri=self._how.back,
            code_challenge_method="S256", **self._client,
        )  # fmt: skip


def _opened(sealed: str, keys: KeySet) -> jwt.Token:
    return jwt.decode(sealed, keys, registry=JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False))


def _problem(error: Exception) -> NotSignedIn | ProviderAway:
    """Whether what answered, or did not, is away for now or never of use."""
    if isinstance(error, httpx2.HTTPStatusError) and not error.response.is_server_error:
        return NotSignedIn(NO_USE)
    return ProviderAway() if isinstance(error, httpx2.HTTPError) else NotSignedIn(NO_USE)
