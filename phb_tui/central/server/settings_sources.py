"""Where central's settings come from, the first that has one first: options, environment, a TOML file, defaults."""

import os
import re
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from annotated_types import Ge, Le
from pydantic import PrivateAttr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from phb_tui.errors import SettingsProblem

PREFIX = "PHB_CENTRAL_"
"""How a setting's name begins in the environment."""
LARGEST_FILE = 64 * 1024


class LayeredSettings(BaseSettings):
    """Frozen settings that remember which of them were options. A wrong value is never part of an error.

    Attributes:
        settings: The TOML file; "" for none.
    """

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        frozen=True, env_prefix=PREFIX, extra="ignore", hide_input_in_errors=True
    )

    settings: str = ""

    _options: frozenset[str] = PrivateAttr(default=frozenset())

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - named by the library; we read no such file
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The sources, the one that wins first."""
        return init_settings, env_settings, SettingsFile(settings_cls, {})

    def origin(self, name: str) -> str:
        """Where a setting came from, in words; for one that nobody gave, the option to give it with."""
        given = name in self.model_fields_set
        return _origin(name, self._options, self.settings) if given else option(name)


class SettingsFile(InitSettingsSource):
    """The TOML file that the options or the environment named."""

    def __call__(self) -> dict[str, Any]:
        """What stands in the file, by the settings' names.

        Raises:
            SettingsProblem: It is not there, is no TOML, or has a name that is no setting.
        """
        file = self.current_state.get("settings")
        return _read(Path(file)) if isinstance(file, str) and file else {}


Settings = TypeVar("Settings", bound=LayeredSettings)


def load(kind: type[Settings], options: Mapping[str, object]) -> Settings:
    """Settings from all sources.

    Args:
        kind: Which settings.
        options: What was given on the command line, by the settings' names.

    Raises:
        SettingsProblem: Which one is wrong, what it has to be and where it came from; never its value.
    """
    try:
        made = kind.model_validate(dict(options))
    except ValidationError as error:
        name = str(error.errors(include_input=False, include_url=False)[0]["loc"][0])
        file = str(options.get("settings") or os.environ.get(variable("settings"), ""))
        place, what = _origin(name, options, file), kind.model_fields.get(name)
        raise SettingsProblem(
            f"{place} {_expected_type(what)}." if what else f"{place} is no setting of central's."
        ) from error
    made._options = frozenset(options)  # noqa: SLF001 - the constructor's arguments are the settings alone
    return made


def option(name: str) -> str:
    """A setting's option on the command line."""
    return f"--{in_file(name)}"


def variable(name: str) -> str:
    """A setting's name in the environment."""
    return f"{PREFIX}{name.upper()}"


def in_file(name: str) -> str:
    """A setting's name in the file."""
    return name.replace("_", "-")


def _origin(name: str, options: Collection[str], file: str) -> str:
    if name in options:
        return option(name)
    if variable(name) in map(str.upper, os.environ):
        return f"{variable(name)} in the environment"
    return f"{in_file(name)} in {file}" if file else option(name)


def _expected_type(field: FieldInfo) -> str:
    if field.annotation is bool:
        return "has to be true or false"
    if field.annotation is int:
        least = next(limit.ge for limit in field.metadata if isinstance(limit, Ge))
        most = next(limit.le for limit in field.metadata if isinstance(limit, Le))
        return f"has to be a whole number from {least} to {most}"
    return "has to be text, and not empty" if field.metadata else "has to be text"


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            words = file.read(LARGEST_FILE + 1)
        if len(words) > LARGEST_FILE:
            raise SettingsProblem(f"The settings file {path} is too long to be one.")
        found = tomllib.loads(words.decode("utf-8"))
    except OSError as error:
        raise SettingsProblem(f"The settings file {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise SettingsProblem(f"The settings file {path} is not written in UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line \d+", str(error))  # the rest could quote a secret
        raise SettingsProblem(f"The settings file {path} is no TOML{f', {line[0]}' if line else ''}.") from error
    if spelled := sorted(name for name in found if name != name.replace("_", "-") or name == "settings"):
        raise SettingsProblem(f"{spelled[0]} in {path} is no setting of central's. Names are the options', without --.")
    return {name.replace("-", "_"): value for name, value in found.items()}
