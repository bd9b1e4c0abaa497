"""How central is served, and whether it can be served like that."""

import os
import re
from functools import partial
from pathlib import Path
from typing import Annotated, ClassVar

from platformdirs import user_data_path
from pydantic import BeforeValidator, Field, SecretStr
from pydantic_core import PydanticCustomError
from pydantic_settings import SettingsConfigDict

from phb_tui.central.auth import login_settings
from phb_tui.central.auth.login_settings import OidcSettings, is_loopback
from phb_tui.central.server.settings_sources import LayeredSettings, variable
from phb_tui.errors import SettingsProblem

HOME = partial(user_data_path, "phb-central", False)
NOT_OPTIONS = frozenset({"client_secret"})
"""What has no option, for every user of a machine can read the options of a process."""


def _no_bool(value: object) -> object:
    if isinstance(value, bool):  # which Python takes for a number
        raise PydanticCustomError("int_type", "a number")
    return value


class DatabaseSettings(LayeredSettings):
    """Where central keeps things: what every command needs. Settings that only serving needs are passed over."""

    settings: str = Field("", description="a TOML file with settings by the options' names")
    database: SecretStr = Field(
        default_factory=lambda: SecretStr(str(HOME() / "central.db")),
        min_length=1,
        description=f"a file, or postgresql://... "
        f"(or in {variable('database')}, where other users cannot see a password)",
    )
    key_file: str = Field(
        default_factory=lambda: str(HOME() / "central.key"), min_length=1, description="central's private key"
    )


class ServerSettings(DatabaseSettings):
    """How central is served. Each setting is an option, a variable of the environment and a line of the file."""

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(extra="forbid")

    host: str = Field("127.0.0.1", min_length=1, description="where to listen")
    port: Annotated[int, BeforeValidator(_no_bool)] = Field(8765, ge=0, le=65_535, description="0 for any free one")
    certfile: str = Field("", description="its certificate; without one it only listens on this machine")
    keyfile: str = Field("", description="the certificate's key, when it is in a file of its own")
    workers: Annotated[int, BeforeValidator(_no_bool)] = Field(
        1, ge=1, le=1_000, description="how many processes; several need PostgreSQL"
    )
    log: bool = Field(default=False, description="write a line of JSON for each answer to the standard error")
    sign_in: str = Field(
        "", description="the address of the OpenID Connect provider that people sign in with; without one nobody does"
    )
    client_id: str = Field(
        "", description=f"what the provider calls central; its secret is in {variable('client_secret')}"
    )
    client_secret: SecretStr = Field(SecretStr(""), description="central's own secret at the provider")
    claim: str = Field(
        "sub", min_length=1, description="which of the provider's words is somebody's name, such as email"
    )
    public_address: str = Field("", description="central's own address, as people's browsers know it")
    link_for: str = Field(
        "",
        description="print a link that signs this name in once, for trying central out where there is no provider",
    )
    proxy: str = Field(
        "",
        description="the address of the web service in front of central, whose word counts for whom it asks; "
        "without it nobody's does",
    )

    def oidc(self) -> OidcSettings | None:
        """How people sign in; None when nobody does."""
        if not self.sign_in:
            return None
        address, secret = login_settings.origin(self.public_address), self.client_secret.get_secret_value()
        return OidcSettings(self.sign_in, self.client_id, address, self.claim, secret)

    def to_environment(self) -> None:
        """Hand these settings to the processes that this one starts: by the environment alone, without the file."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            os.environ[variable(name)] = str(value.get_secret_value() if isinstance(value, SecretStr) else value)
        os.environ[variable("settings")] = ""


def check(settings: ServerSettings) -> None:
    """Refuse a way to serve that would send a person's words unencrypted, or that cannot work.

    Raises:
        SettingsProblem: Why.
    """
    try:
        _check(settings)
    except SettingsProblem as error:
        given = re.sub(r"--([a-z-]+)", lambda named: settings.origin(named[1].replace("-", "_")), error.sentence)
        raise SettingsProblem(given) from error


def _check(settings: ServerSettings) -> None:
    if not settings.certfile and not is_loopback(settings.host):
        raise SettingsProblem(
            "Without a certificate central only listens on this machine. Give it one with --certfile, or put a web "
            "service that has one in front of it. See --host."
        )
    scheme = "https" if settings.certfile else "http"
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = settings.public_address or f"{scheme}://{host}"
    if sign_in := settings.model_copy(update={"public_address": address}).oidc():
        login_settings.check(sign_in)
    if settings.link_for:
        login_settings.check_link(login_settings.origin(address), alone=not settings.sign_in and settings.workers == 1)
    for name in filter(None, (settings.certfile, settings.keyfile)):
        if not Path(name).is_file():
            raise SettingsProblem("The certificate or its key is not there. Check --certfile and --keyfile.")
    if settings.workers > 1 and not is_postgres(settings.database.get_secret_value()):
        raise SettingsProblem("Several workers need PostgreSQL: in a file only one can write. See --database.")


def is_postgres(database: str) -> bool:
    """Whether an address is PostgreSQL's."""
    return database.startswith(("postgresql://", "postgres://"))
