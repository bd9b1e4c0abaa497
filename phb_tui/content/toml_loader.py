"""Reads the content files in `data/`, each once in a language, into its model."""

import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from phb_tui import i18n
from phb_tui.errors import ContentProblem
from phb_tui.i18n import N_, _

Model = TypeVar("Model", bound=BaseModel)

DATA: Traversable = resources.files("phb_tui.content").joinpath("data")
_DAMAGED = N_(
    "The text that ships with phb-tui is damaged. Ask your IT team to install phb-tui again, and tell them: {place}"
)
TAGS = {"<a page>", "<shared pages>"}
"""What pydantic calls the models that a page is tried as; no part of a file is called so."""
_NAMES = ("id", "code", "kind", "screen", "term", "name", "group", "title")
"""What an entry of a list is called by, the first that it has."""


def read(model: type[Model], file: str) -> Model:
    """A content file in the language in use, read and checked once.

    Args:
        model: What the file has to be.
        file: Its path in `data/`.

    Raises:
        ContentProblem: It is not there, is not TOML or is not what its model says; it names file, entry and field.
    """
    made: Model = _read(model, file, i18n.chosen())
    return made


@cache
def kinds() -> tuple[str, ...]:
    """Every kind of record that has a form, in alphabetical order."""
    names = (path.name for path in DATA.joinpath("forms").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def validated(model: type[Model], file: str, look_up: Callable[[str], str]) -> Model:
    """A content file, read and checked now.

    Args:
        model: What the file has to be.
        file: Its path in `data/`.
        look_up: Gives each text of ours in the language wanted.

    Raises:
        ContentProblem: As `read` says.
    """
    written: dict[str, Any] = {}
    name = getattr(model, "named_by", "")
    try:
        written = _toml(file)
        if name in written:
            raise _damaged(file, "", name, "the name of the file says it")
        given = {name: PurePosixPath(file).stem} if name else {}
        return model.model_validate(written | given, context=look_up)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        entry, field = _place(written, (*first["loc"], *first.get("ctx", {}).get("place", ())))
        raise _damaged(file, entry, field, first["msg"]) from error
    except (OSError, ValueError) as error:
        raise _damaged(file, "", "", str(error)) from error


@cache
def _read(model: type[Model], file: str, chosen: str) -> Model:
    del chosen  # only a part of the cache's key: texts are looked up in the language in use
    return validated(model, file, _)


def _toml(file: str) -> dict[str, Any]:
    return tomllib.loads(DATA.joinpath(file).read_text(encoding="utf-8"))


def _damaged(file: str, entry: str, field: str, why: str) -> ContentProblem:
    place = ", ".join(part for part in (file, entry, field) if part)
    return ContentProblem(_(_DAMAGED).format(place=f"{place}: {why}"), file, entry, field)


def _place(written: object, steps: Sequence[str | int]) -> tuple[str, str]:
    """The entry and the field that keys and indices lead to, such as "step S1, statement S1-I2" and "ask"."""
    entry, field = [], ""
    for step in steps:
        if isinstance(written, list) and isinstance(step, int):
            written = written[step]
            if isinstance(written, dict):
                names = (written[name] for name in _NAMES if isinstance(written.get(name), str))
                entry.append(f"{field} {next(names, step + 1)}")
                field = ""
        elif step not in TAGS:
            entry += [field] if field else []
            field = str(step)
            written = written.get(step) if isinstance(written, dict) else None
    return ", ".join(entry), field
