"""Making what lets people in, from the settings and central's key."""

from collections.abc import Callable
from datetime import datetime

from phb_tui.central.auth.login_links import OneTimeLink
from phb_tui.central.auth.login_settings import Login, OidcSettings
from phb_tui.central.auth.sessions import SessionCookies
from phb_tui.errors import SettingsProblem


def oidc_login(sign_in: OidcSettings, key: str, now: Callable[[], datetime]) -> Login:
    """What lets people in.

    Args:
        sign_in: How they sign in.
        key: Central's private key in hex.
        now: The time.

    Raises:
        SettingsProblem: What they sign in with is not installed.
    """
    try:
        from phb_tui.central.auth.oidc import OidcProvider  # noqa: PLC0415 - only where people sign in
    except ModuleNotFoundError as error:
        raise SettingsProblem("To sign in people central needs more than this. Install phb-tui[central].") from error

    sessions = SessionCookies(key, now, secure=sign_in.address.startswith("https:"))
    return Login(sign_in.address, OidcProvider(sign_in), sessions)


def link_login(subject: str, address: str, key: str, now: Callable[[], datetime]) -> Login:
    """What lets one person in once, by a link, and nobody else.

    Args:
        subject: Whom, by the name that `phb-central sign-in` knows.
        address: Central's own address, as people's browsers know it.
        key: Central's private key in hex.
        now: The time.
    """
    return Login(address, None, SessionCookies(key, now, secure=address.startswith("https:")), OneTimeLink(subject))
