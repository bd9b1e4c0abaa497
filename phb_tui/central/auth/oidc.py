"""OpenID Connect client: authorization code flow with PKCE, configured from the provider's discovery document."""

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

DISCOVERY_PATH = "/.well-known/openid-configuration"
CACHE_SECONDS = 3600
"""How long the provider's discovery document and keys are cached."""
WAIT_SECONDS = 10.0
CLOCK_TOLERANCE_SECONDS = 60
"""The tolerated difference between the provider's clock and central's."""
MAX_SUBJECT_LENGTH = 255
ALGORITHMS = frozenset(
    {
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519",
    }
)  # fmt: skip
"""The accepted signature algorithms: asymmetric ones only, whose private key the provider alone has."""
SCOPES = {"sub": "openid", "email": "openid email"}
NO_USE = "The service that you sign in with gave an answer that the team server cannot use. Tell your IT team."
NOT_FINISHED = "You did not finish signing in. If you want to, start again."
BEGUN_ELSEWHERE = "This sign-in was not started in this browser, or it took too long. Start again."


@dataclass(frozen=True, slots=True)
class _Discovery:
    """The provider's discovery document and keys.

    Attributes:
        document: The discovery document (OpenID Connect Discovery 1.0).
        keys: Its public signing keys (JWKS).
        until: When the cache expires, in seconds of the monotonic clock.
    """

    document: dict[str, Any]
    keys: KeySet
    until: float


class OidcProvider:
    """An OpenID Connect provider; see `login_settings.IdentityProvider`.

    Args:
        settings: The settings.
        now: Returns the time in seconds since 1970.
    """

    def __init__(self, settings: OidcSettings, now: Callable[[], float] = time.time) -> None:
        self._settings, self._now = settings, now
        self._discovery: _Discovery | None = None
        # A provider on this machine is never behind the server's HTTP proxy.
        on_this_machine = is_loopback(urlsplit(settings.issuer).hostname or "")
        self._client = {
            "timeout": WAIT_SECONDS,
            "trust_env": not on_this_machine,
            "verify": ssl.create_default_context(),
        }

    def authorization_url(self) -> tuple[str, PendingLogin]:
        """See `IdentityProvider.authorization_url`."""
        document = self._read().document
        pending = PendingLogin(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))
        with self._oauth_client(document) as client:
            address, _state = client.create_authorization_url(
                document["authorization_endpoint"], pending.state, pending.verifier, nonce=pending.nonce
            )
        return str(address), pending

    def exchange_code(self, answer: Mapping[str, str], pending: PendingLogin) -> str:
        """See `IdentityProvider.exchange_code`."""
        if not secrets.compare_digest(answer.get("state", "").encode(), pending.state.encode()):
            raise LoginFailed(BEGUN_ELSEWHERE)
        known = self._read()
        names_itself = bool(known.document.get("authorization_response_iss_parameter_supported"))
        if answer.get("iss", None if names_itself else known.document["issuer"]) != known.document["issuer"]:
            raise LoginFailed(NO_USE)  # another provider's answer
        if "error" in answer or not answer.get("code"):
            raise LoginFailed(NOT_FINISHED)
        try:
            with self._oauth_client(known.document) as client:
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
        """The validated claims of the ID token: signature, issuer, audience, nonce, times."""
        id_token = token.get("id_token")
        if not isinstance(id_token, str):
            raise LoginFailed(NO_USE)
        options = {
            "iss": {"essential": True, "value": known.document["issuer"]},
            "aud": {"essential": True, "value": self._settings.client_id},
        }
        about = {
            "nonce": pending.nonce,
            "client_id": self._settings.client_id,
            "access_token": token.get("access_token"),
        }
        try:
            try:
                found = _decode(id_token, known.keys)
            except InvalidKeyIdError:  # the provider may have rotated its keys
                found = _decode(id_token, self._read(again=True).keys)
            claims = CodeIDToken(found.claims, found.header, options, about)
            claims.validate(int(self._now()), CLOCK_TOLERANCE_SECONDS)
        except (JoseError, ValueError) as error:
            raise LoginFailed(NO_USE) from error
        return dict(claims)

    def _name(self, claims: dict[str, Any], known: _Discovery, token: Mapping[str, Any]) -> str:
        """The configured claim's value, from the ID token or else from the userinfo endpoint."""
        claim = self._settings.claim
        if claim not in claims and known.document.get("userinfo_endpoint"):
            more = self._get(known.document["userinfo_endpoint"], f"Bearer {token.get('access_token', '')}")
            if more.get("sub") != claims["sub"]:
                raise LoginFailed(NO_USE)
            claims = {**more, **claims}
        name = claims.get(claim)
        if not isinstance(name, str) or not name.isprintable() or not 0 < len(name) <= MAX_SUBJECT_LENGTH:
            raise LoginFailed(NO_USE)
        if claim == "email" and claims.get("email_verified") is not True:
            raise LoginFailed(
                "The service that you sign in with has not checked your e-mail address. Ask your IT team."
            )
        return name

    def _read(self, *, again: bool = False) -> _Discovery:
        """The provider's document and keys, from the cache unless it has expired or `again` is set."""
        known = self._discovery
        if known is not None and not again and time.monotonic() < known.until:
            return known
        document = self._get(f"{self._settings.issuer.rstrip('/')}{DISCOVERY_PATH}")
        wanted = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
        if not all(is_https_or_loopback(document.get(name)) for name in wanted):
            raise LoginFailed(NO_USE)
        if document["issuer"].rstrip("/") != self._settings.issuer.rstrip("/"):
            raise LoginFailed(NO_USE)  # the document is another issuer's
        try:
            keys = KeySet.import_key_set({"keys": self._get(document["jwks_uri"])["keys"]})
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise LoginFailed(NO_USE) from error
        self._discovery = known = _Discovery(document, keys, time.monotonic() + CACHE_SECONDS)
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

    def _oauth_client(self, document: dict[str, Any]) -> OAuth2Client:
        method = "client_secret_basic" if self._settings.secret else "none"
        known = document.get("token_endpoint_auth_methods_supported", [method])
        if self._settings.secret and method not in known and "client_secret_post" in known:
            method = "client_secret_post"
        return OAuth2Client(
            self._settings.client_id, self._settings.secret or None, token_endpoint_auth_method=method,
            scope=SCOPES.get(self._settings.claim, "openid profile"), redirect_uri=self._settings.redirect_uri,
            code_challenge_method="S256", **self._client,
        )  # fmt: skip


def _decode(id_token: str, keys: KeySet) -> jwt.Token:
    return jwt.decode(id_token, keys, registry=JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False))


def _problem(error: Exception) -> LoginFailed | ProviderUnavailable:
    """The error of an HTTP request to the provider: unavailable for now, or an unusable answer."""
    if isinstance(error, httpx2.HTTPStatusError) and not error.response.is_server_error:
        return LoginFailed(NO_USE)
    return ProviderUnavailable() if isinstance(error, httpx2.HTTPError) else LoginFailed(NO_USE)
