"""How central is served, and whether it can be served like that."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

from phb_tui.central.auth import login_settings
from phb_tui.central.auth.login_settings import SECRET, OidcSettings, is_loopback
from phb_tui.errors import SettingsProblem


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """How central is served.

    Attributes:
        database: A file, or postgresql://...
        key_file: Central's private key.
        host: Where to listen.
        port: The port; 0 for any free one.
        certfile, keyfile: Its certificate and that one's key; "" for none.
        workers: How many processes.
        log: Whether to write its log to the standard error.
        issuer: The address of the provider that people sign in with; "" when nobody signs in.
        client_id: What the provider calls central.
        claim: Which of the provider's words about somebody is their name here.
        public_address: Central's own address, as people's browsers know it; "" for the one it listens on.
        link_for: Whom a link signs in that is good once, where there is no provider; "" for nobody.
        proxy: The address of a web service in front of central, which says for whom it asks; "" for none.
    """

    database: str
    key_file: str
    host: str = "127.0.0.1"
    port: int = 8765
    certfile: str = ""
    keyfile: str = ""
    workers: int = 1
    log: bool = False
    issuer: str = ""
    client_id: str = ""
    claim: str = "sub"
    public_address: str = ""
    link_for: str = ""
    proxy: str = ""

    def oidc(self) -> OidcSettings | None:
        """How people sign in; None when nobody does."""
        if not self.issuer:
            return None
        secret = os.environ.get(SECRET, "")
        return OidcSettings(self.issuer, self.client_id, login_settings.origin(self.public_address), self.claim, secret)


def check(how: ServerSettings) -> None:
    """Refuse a way to serve that would send a person's words unencrypted, or that cannot work.

    Raises:
        SettingsProblem: Why.
    """
    if not how.certfile and not is_loopback(how.host):
        raise SettingsProblem(
            "Without a certificate central only listens on this machine. Give it one with --certfile, or put a web "
            "service that has one in front of it."
        )
    scheme = "https" if how.certfile else "http"
    host = f"[{how.host}]" if ":" in how.host else how.host
    if sign_in := replace(how, public_address=how.public_address or f"{scheme}://{host}").oidc():
        login_settings.check(sign_in)
    if how.link_for:
        address = login_settings.origin(how.public_address or f"{scheme}://{host}")
        login_settings.check_link(address, alone=not how.issuer and how.workers == 1)
    for name in filter(None, (how.certfile, how.keyfile)):
        if not Path(name).is_file():
            raise SettingsProblem("The certificate or its key is not there. Check --certfile and --keyfile.")
    if how.workers > 1 and not is_postgres(how.database):
        raise SettingsProblem("Several workers need PostgreSQL: in a file only one can write. See --database.")


def is_postgres(database: str) -> bool:
    """Whether an address is PostgreSQL's."""
    return database.startswith(("postgresql://", "postgres://"))
