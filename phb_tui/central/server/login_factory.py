"""Builds the login (OIDC or a one-time link) from the settings; the OIDC client is imported only when configured."""

from collections.abc import Callable
from datetime import datetime

from phb_tui.central.auth.login_links import OneTimeLink
from phb_tui.central.auth.login_settings import Login, OidcSettings
from phb_tui.central.auth.sessions import SessionCookies
from phb_tui.errors import SettingsProblem


def oidc_login(sign_in: OidcSettings, key: str, now: Callable[[], datetime]) -> Login:
    """The login by an OpenID Connect provider.

    Args:
        sign_in: The OIDC settings.
        key: Central's private key in hex; the session cookies' keys are derived from it.
        now: Returns the current time.

    Raises:
        SettingsProblem: The OIDC client's libraries are not installed.
    """
    try:
        from phb_tui.central.auth.oidc import OidcProvider  # noqa: PLC0415 - only with OIDC
    except ModuleNotFoundError as error:
        raise SettingsProblem("To sign in people central needs more than this. Install phb-tui[central].") from error

    sessions = SessionCookies(key, now, secure=sign_in.address.startswith("https:"))
    return Login(sign_in.address, OidcProvider(sign_in), sessions)


def link_login(subject: str, address: str, key: str, now: Callable[[], datetime]) -> Login:
    """The login by a one-time link, for one person and without a provider.

    Args:
        subject: Who is signed in, by the subject given to `phb-central sign-in`.
        address: Central's public origin, such as https://central.example.
        key: Central's private key in hex; the session cookies' keys are derived from it.
        now: Returns the current time.
    """
    return Login(address, None, SessionCookies(key, now, secure=address.startswith("https:")), OneTimeLink(subject))
