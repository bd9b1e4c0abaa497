"""How people sign in at central: by whose word, as what, and where they come back to."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from phb_tui.central.auth.login_links import OneTimeLink
from phb_tui.central.auth.sessions import PendingLogin, SessionCookies
from phb_tui.errors import PhbError, SettingsProblem

CALLBACK_PATH = "/signed-in"
"""Where the provider sends people back to."""


class LoginFailed(PhbError):
    """The provider did not say who somebody is, or not in a way that can be believed."""


class ProviderUnavailable(PhbError):
    """The provider cannot be reached, or is not well."""

    def __init__(self) -> None:
        super().__init__("The service that you sign in with does not answer. Try again in a few minutes.")


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """The settings.

    Attributes:
        issuer: The provider's address, as it names itself.
        client_id: What the provider calls central.
        address: Central's own address, as people's browsers know it.
        claim: Which of the provider's words about somebody is their name here.
        secret: Central's secret at the provider; "" for none.
    """

    issuer: str
    client_id: str
    address: str
    claim: str = "sub"
    secret: str = field(default="", repr=False)

    @property
    def redirect_uri(self) -> str:
        """Where the provider sends people back to, in full."""
        return f"{self.address}{CALLBACK_PATH}"


class IdentityProvider(Protocol):
    """Whoever says who people are."""

    def authorization_url(self) -> tuple[str, PendingLogin]:
        """Where to send somebody who wants to sign in, and what they have to bring back.

        Raises:
            ProviderUnavailable: The provider does not answer.
            LoginFailed: Its answer is of no use.
        """

    def exchange_code(self, answer: Mapping[str, str], pending: PendingLogin) -> str:
        """Who somebody is who came back.

        Args:
            answer: What they brought.
            pending: What was remembered when they were sent.

        Raises:
            ProviderUnavailable: The provider does not answer.
            LoginFailed: Nobody can say who they are.
        """


@dataclass(frozen=True, slots=True)
class Login:
    """What central needs to let people in.

    Attributes:
        address: Central's own, as people's browsers know it.
        provider: Says who they are; None where only a link signs somebody in.
        sessions: Remembers who they are.
        link: The link that signs somebody in once; None for none.
    """

    address: str
    provider: IdentityProvider | None
    sessions: SessionCookies
    link: OneTimeLink | None = None


def check(how: OidcSettings) -> None:
    """Refuse settings with which nobody could sign in, or anybody could.

    Raises:
        SettingsProblem: Why.
    """
    if not how.client_id:
        raise SettingsProblem("To sign in people central needs a name at the provider. Give it with --client-id.")
    if not is_https_or_loopback(how.issuer):
        raise SettingsProblem("The address of the provider has to start with https. Check --sign-in.")
    _check_address(how.address)


def check_link(address: str, *, alone: bool) -> None:
    """Refuse settings with which a link could be read on its way, or be good more than once.

    Args:
        address: Central's own address, as people's browsers know it.
        alone: Whether there is one process, and no provider.

    Raises:
        SettingsProblem: Why.
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
    """An address as browsers name where a form comes from: small letters, and no port where it goes without saying.

    Raises:
        SettingsProblem: It is none.
    """
    try:
        parts = urlsplit(address.lower())
        port = "" if parts.port in {None, {"https": 443, "http": 80}.get(parts.scheme)} else f":{parts.port}"
    except ValueError as error:
        raise SettingsProblem("This is not a web address. Check --public-address.") from error
    host = parts.hostname or ""
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}{parts.path.rstrip('/')}"


def is_https_or_loopback(address: object) -> bool:
    """Whether something is an address, and nobody on the way can read what is sent there: by https, or nowhere else."""
    try:
        parts = urlsplit(address if isinstance(address, str) else "")
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)))


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_anywhere(host: str) -> bool:
    """Whether a host is what one listens on to be reached by every name, and no name itself."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
