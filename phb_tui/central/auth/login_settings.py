"""How people sign in at central: by whose word, as what, and where they come back to."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from phb_tui.central.auth.login_links import OneTimeLink
from phb_tui.central.auth.sessions import Pending, Visitors
from phb_tui.errors import PhbError, SettingsProblem

SECRET = "PHB_CENTRAL_CLIENT_SECRET"  # noqa: S105 - a name
"""The environment's name for central's own secret at the provider, for it must not stand in a list of processes."""

BACK = "/signed-in"
"""Where the provider sends people back to."""


class NotSignedIn(PhbError):
    """The provider did not say who somebody is, or not in a way that can be believed."""


class ProviderAway(PhbError):
    """The provider cannot be reached, or is not well."""

    def __init__(self) -> None:
        super().__init__("The service that you sign in with does not answer. Try again in a few minutes.")


@dataclass(frozen=True, slots=True)
class SignIn:
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
    def back(self) -> str:
        """Where the provider sends people back to, in full."""
        return f"{self.address}{BACK}"


class Provider(Protocol):
    """Whoever says who people are."""

    def begin(self) -> tuple[str, Pending]:
        """Where to send somebody who wants to sign in, and what they have to bring back.

        Raises:
            ProviderAway: The provider does not answer.
            NotSignedIn: Its answer is of no use.
        """

    def finish(self, answer: Mapping[str, str], pending: Pending) -> str:
        """Who somebody is who came back.

        Args:
            answer: What they brought.
            pending: What was remembered when they were sent.

        Raises:
            ProviderAway: The provider does not answer.
            NotSignedIn: Nobody can say who they are.
        """


@dataclass(frozen=True, slots=True)
class Door:
    """What central needs to let people in.

    Attributes:
        address: Central's own, as people's browsers know it.
        provider: Says who they are; None where only a link signs somebody in.
        visitors: Remembers who they are.
        link: The link that signs somebody in once; None for none.
    """

    address: str
    provider: Provider | None
    visitors: Visitors
    link: OneTimeLink | None = None


def check(how: SignIn) -> None:
    """Refuse settings with which nobody could sign in, or anybody could.

    Raises:
        SettingsProblem: Why.
    """
    if not how.client_id:
        raise SettingsProblem("To sign in people central needs a name at the provider. Give it with --client-id.")
    if not is_safe(how.issuer):
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
    if not is_safe(address) or parts.path.strip("/") or parts.query or _is_anywhere(parts.hostname or ""):
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


def is_safe(address: object) -> bool:
    """Whether something is an address, and nobody on the way can read what is sent there: by https, or nowhere else."""
    try:
        parts = urlsplit(address if isinstance(address, str) else "")
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_here(host)))


def is_here(host: str) -> bool:
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
