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

from phb_tui.central.auth.login_settings import (
    LoginFailed,
    OidcSettings,
    ProviderUnavailable,
    is_https_or_loopback,
    is_loopback,
)
from phb_tui.central.auth.sessions import PendingLogin

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
class _Discovery:
    """What the provider says about itself.

    Attributes:
        words: Its document.
        keys: What it signs with.
        until: When to read them again, by the clock that never goes back.
    """

    document: dict[str, Any]
    keys: KeySet
    until: float


class OidcProvider:
    """A provider; see `login_settings.IdentityProvider`.

    Args:
        how: The settings.
        now: The time in seconds since 1970.
    """

    def __init__(self, how: OidcSettings, now: Callable[[], float] = time.time) -> None:
        self._how, self._now = how, now
        self._known: _Discovery | None = None
        # A server's proxy settings are for the web; a provider on this machine is not behind one.
        here = is_loopback(urlsplit(how.issuer).hostname or "")
        self._client = {"timeout": WAIT_SECONDS, "trust_env": not here, "verify": ssl.create_default_context()}

    def authorization_url(self) -> tuple[str, PendingLogin]:
        """See `signin.Provider.begin`."""
        words = self._read().document
        pending = PendingLogin(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))
        with self._at_provider(words) as client:
            address, _state = client.create_authorization_url(
                words["authorization_endpoint"], pending.state, pending.verifier, nonce=pending.nonce
            )
        return str(address), pending

    def exchange_code(self, answer: Mapping[str, str], pending: PendingLogin) -> str:
        """See `signin.Provider.finish`."""
        if not secrets.compare_digest(answer.get("state", "").encode(), pending.state.encode()):
            raise LoginFailed(BEGUN_ELSEWHERE)
        known = self._read()
        names_itself = bool(known.document.get("authorization_response_iss_parameter_supported"))
        if answer.get("iss", None if names_itself else known.document["issuer"]) != known.document["issuer"]:
            raise LoginFailed(NO_USE)  # another provider's answer
        if "error" in answer or not answer.get("code"):
            raise LoginFailed(NOT_FINISHED)
        try:
            with self._at_provider(known.document) as client:
                token = client.fetch_token(
                    known.document["token_endpoint"], grant_type="authorization_code", code=answer["code"],
                    code_verifier=pending.verifier,
                )  # fmt: skip
        except OAuthError as error:
            raise LoginFailed(BEGUN_ELSEWHERE if error.error == "invalid_grant" else NO_USE) from error
        except (httpx2.HTTPError, ValueError) as error:
            raise _problem(error) from error
        return self._name(self._claims(known, token, pending), known, token)

    def _claims(self, known: _Discovery, token: Mapping[str, Any], pending: PendingLogin) -> dict[str, Any]:
        """What the provider signed about somebody, once all of it is found to be meant for this sign-in."""
        sealed = token.get("id_token")
        if not isinstance(sealed, str):
            raise LoginFailed(NO_USE)
        options = {
            "iss": {"essential": True, "value": known.document["issuer"]},
            "aud": {"essential": True, "value": self._how.client_id},
        }
        about = {"nonce": pending.nonce, "client_id": self._how.client_id, "access_token": token.get("access_token")}
        try:
            try:
                found = _decode(sealed, known.keys)
            except InvalidKeyIdError:  # it may have begun to sign with another key
                found = _decode(sealed, self._read(again=True).keys)
            claims = CodeIDToken(found.claims, found.header, options, about)
            claims.validate(int(self._now()), CLOCKS_SECONDS)
        except (JoseError, ValueError) as error:
            raise LoginFailed(NO_USE) from error
        return dict(claims)

    def _name(self, claims: dict[str, Any], known: _Discovery, token: Mapping[str, Any]) -> str:
        """The claim that is somebody's name here; some providers tell it only to whoever asks for more."""
        claim = self._how.claim
        if claim not in claims and known.document.get("userinfo_endpoint"):
            more = self._get(known.document["userinfo_endpoint"], f"Bearer {token.get('access_token', '')}")
            if more.get("sub") != claims["sub"]:
                raise LoginFailed(NO_USE)
            claims = {**more, **claims}
        name = claims.get(claim)
        if not isinstance(name, str) or not name.isprintable() or not 0 < len(name) <= LONGEST_NAME:
            raise LoginFailed(NO_USE)
        if claim == "email" and claims.get("email_verified") is not True:
            raise LoginFailed(
                "The service that you sign in with has not checked your e-mail address. Ask your IT team."
            )
        return name

    def _read(self, *, again: bool = False) -> _Discovery:
        """The provider's document and keys, as they were within the last hour."""
        known = self._known
        if known is not None and not again and time.monotonic() < known.until:
            return known
        words = self._get(f"{self._how.issuer.rstrip('/')}{DOCUMENT}")
        wanted = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
        if not all(is_https_or_loopback(words.get(name)) for name in wanted):
            raise LoginFailed(NO_USE)
        if words["issuer"].rstrip("/") != self._how.issuer.rstrip("/"):
            raise LoginFailed(NO_USE)  # it speaks for somebody else
        try:
            keys = KeySet.import_key_set({"keys": self._get(words["jwks_uri"])["keys"]})
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise LoginFailed(NO_USE) from error
        self._known = known = _Discovery(words, keys, time.monotonic() + FRESH_SECONDS)
        return known

    def _get(self, address: object, proof: str = "") -> dict[str, Any]:
        if not is_https_or_loopback(address):
            raise LoginFailed(NO_USE)
        headers = {"Accept": "application/json", **({"Authorization": proof} if proof else {})}
        try:
            with httpx2.Client(**self._client) as client:  # type: ignore[arg-type]
                found = client.get(str(address), headers=headers).raise_for_status().json()
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            raise _problem(error) from error
        if not isinstance(found, dict):
            raise LoginFailed(NO_USE)
        return found

    def _at_provider(self, words: dict[str, Any]) -> OAuth2Client:
        method = "client_secret_basic" if self._how.secret else "none"
        known = words.get("token_endpoint_auth_methods_supported", [method])
        if self._how.secret and method not in known and "client_secret_post" in known:
            method = "client_secret_post"
        return OAuth2Client(
            self._how.client_id, self._how.secret or None, token_endpoint_auth_method=method,
            scope=SCOPES.get(self._how.claim, "openid profile"), redirect_uri=self._how.redirect_uri,
            code_challenge_method="S256", **self._client,
        )  # fmt: skip


def _decode(sealed: str, keys: KeySet) -> jwt.Token:
    return jwt.decode(sealed, keys, registry=JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False))


def _problem(error: Exception) -> LoginFailed | ProviderUnavailable:
    """Whether what answered, or did not, is away for now or never of use."""
    if isinstance(error, httpx2.HTTPStatusError) and not error.response.is_server_error:
        return LoginFailed(NO_USE)
    return ProviderUnavailable() if isinstance(error, httpx2.HTTPError) else LoginFailed(NO_USE)
