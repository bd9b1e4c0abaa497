"""OIDC settings and their checks, the identity provider's protocol, and the login that is built from them."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from phb_tui.central.auth.login_links import OneTimeLink
from phb_tui.central.auth.sessions import PendingLogin, SessionCookies
from phb_tui.errors import PhbError, SettingsProblem

CALLBACK_PATH = "/signed-in"
"""The path of the OIDC redirect URI."""


class LoginFailed(PhbError):
    """The provider's answer does not prove who the user is."""


class ProviderUnavailable(PhbError):
    """The provider cannot be reached, or answers with a server error."""

    def __init__(self) -> None:
        super().__init__("The service that you sign in with does not answer. Try again in a few minutes.")


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """Settings of the OpenID Connect client.

    Attributes:
        issuer: The provider's issuer URL.
        client_id: Central's client id at the provider.
        address: Central's public origin, such as https://central.example.
        claim: The claim of the ID token or the userinfo that is used as the subject.
        secret: Central's client secret; "" for a public client.
    """

    issuer: str
    client_id: str
    address: str
    claim: str = "sub"
    secret: str = field(default="", repr=False)

    @property
    def redirect_uri(self) -> str:
        """The redirect URI registered at the provider."""
        return f"{self.address}{CALLBACK_PATH}"


class IdentityProvider(Protocol):
    """An identity provider."""

    def authorization_url(self) -> tuple[str, PendingLogin]:
        """The URL to redirect the user to, and the state that has to match when they come back.

        Raises:
            ProviderUnavailable: The provider does not answer.
            LoginFailed: Its discovery document is not usable.
        """

    def exchange_code(self, answer: Mapping[str, str], pending: PendingLogin) -> str:
        """Exchange the authorisation code and return the user's subject.

        Args:
            answer: The query parameters of the redirect.
            pending: The pending login from the user's cookie.

        Raises:
            ProviderUnavailable: The provider does not answer.
            LoginFailed: The answer does not prove who the user is.
        """


@dataclass(frozen=True, slots=True)
class Login:
    """The login configuration: public origin, identity provider, session cookies.

    Attributes:
        address: Central's public origin, such as https://central.example.
        provider: The identity provider; None where only a one-time link signs somebody in.
        sessions: The session cookies.
        link: The one-time login link; None for none.
    """

    address: str
    provider: IdentityProvider | None
    sessions: SessionCookies
    link: OneTimeLink | None = None


def check(settings: OidcSettings) -> None:
    """Refuse OIDC settings that cannot work or are not safe.

    Raises:
        SettingsProblem: With a sentence that names the option.
    """
    if not settings.client_id:
        raise SettingsProblem("To sign in people central needs a name at the provider. Give it with --client-id.")
    if not is_https_or_loopback(settings.issuer):
        raise SettingsProblem("The address of the provider has to start with https. Check --sign-in.")
    _check_address(settings.address)


def check_link(address: str, *, alone: bool) -> None:
    """Refuse settings under which a login link could be intercepted or used more than once.

    Args:
        address: Central's public origin.
        alone: Whether there is a single process and no provider.

    Raises:
        SettingsProblem: With a sentence that names the option.
    """
    if not alone:
        raise SettingsProblem(
            "A link that signs somebody in is for a central of one process without a provider. Leave out --link-for, "
            "or --sign-in and --workers."
        )
    _check_address(address)


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    if not is_https_or_loopback(address) or parts.path.strip("/") or parts.query or _is_anywhere(parts.hostname or ""):
        raise SettingsProblem(
            "To sign in people central needs an address of its own that starts with https and has no path. Give it "
            "with --public-address, for example https://central.example.org"
        )


def origin(address: str) -> str:
    """An address normalised like the Origin header: lower case, without the scheme's default port.

    Raises:
        SettingsProblem: It is not a web address.
    """
    try:
        parts = urlsplit(address.lower())
        port = "" if parts.port in {None, {"https": 443, "http": 80}.get(parts.scheme)} else f":{parts.port}"
    except ValueError as error:
        raise SettingsProblem("This is not a web address. Check --public-address.") from error
    host = parts.hostname or ""
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}{parts.path.rstrip('/')}"


def is_https_or_loopback(address: object) -> bool:
    """Whether something is an https URL, or an http URL of this machine."""
    try:
        parts = urlsplit(address if isinstance(address, str) else "")
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)))


def is_loopback(host: str) -> bool:
    """Whether a host name or IP address is this machine's loopback."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_anywhere(host: str) -> bool:
    """Whether a host is an unspecified address such as 0.0.0.0, which servers listen on and no browser can open."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
