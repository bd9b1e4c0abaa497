"""Extracts translatable messages: `make words` writes phb_tui/locale/phb_tui.pot."""

import inspect
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from phb_tui import errors
from phb_tui.content import steps

PACKAGE = Path(__file__).parents[1] / "phb_tui"
TEMPLATE = PACKAGE / "locale" / "phb_tui.pot"

PROBLEMS = [
    name
    for name, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.PhbError)  # a problem looks its own sentence up
]
KEYWORDS: dict[str, Any] = {"_": None, "N_": None, "n_": (1, 2), **dict.fromkeys(PROBLEMS, (1,))}
TRANSLATED = steps.OURS | {"title", "many", "add", "mark", "open_mark", "help", "label", "hint", "say", "what", "who"}
"""Keys of TOML files whose text is translated where it is shown."""
WORD_FOR_WORD = {"steps.toml", "money.toml", "framework.toml"}
"""Files with the national framework's exact text, of which only our additions are translated."""
FIRST_VERSION = datetime(2026, 11, 23, tzinfo=UTC)
"""Creation date in the file's header; fixed, so that the file changes only when a message does."""


def catalog() -> Catalog:
    """Catalogue of all messages with their locations."""
    words = Catalog(
        project="phb-tui",
        copyright_holder="the phb-tui authors",
        msgid_bugs_address="",
        creation_date=FIRST_VERSION,
        revision_date=FIRST_VERSION,
        fuzzy=False,
    )
    methods = [("central/**.py", "ignore"), ("**.py", "python")]
    python = list(extract_from_dir(str(PACKAGE), methods, keywords=KEYWORDS))
    told = {name: places for name, places in KEYWORDS.items() if name != "SettingsProblem"}
    central = extract_from_dir(str(PACKAGE / "central"), [("**.py", "python")], keywords=told)
    python += [(f"central/{found[0]}", *found[1:]) for found in central]  # an administrator's words are not for nurses
    for name, _line, message, _comments, _context in sorted(python, key=lambda message: (message[0], message[1])):
        if message and all(message):
            words.add(message, locations=[(f"phb_tui/{name}", 0)])
    for file in sorted((PACKAGE / "content").rglob("*.toml")):
        where = file.relative_to(PACKAGE.parent).as_posix()
        for text in _texts(file):
            words.add(text, locations=[(where, 0)])
    return words


def template() -> str:
    """Content of the .pot file."""
    buffer = BytesIO()
    write_po(buffer, catalog(), width=120, sort_by_file=True, include_lineno=False)
    return buffer.getvalue().decode()


def _texts(file: Path) -> Iterator[str]:
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    if file.name == "choices.toml":
        yield from (words for options in written.values() for words in options.values())
    elif file.name == "framework.toml":
        return
    else:
        wanted = steps.OURS if file.name in WORD_FOR_WORD else TRANSLATED
        yield from _inside(written, wanted, lists=file.name == "money.toml")


def _inside(value: Any, wanted: set[str], *, lists: bool) -> Iterator[str]:  # noqa: ANN401 - whatever TOML holds
    if isinstance(value, list):
        for part in value:
            yield from _inside(part, wanted, lists=lists)
    if not isinstance(value, dict):
        return
    for name, part in value.items():
        if isinstance(part, str):
            if name in wanted and part.strip():
                yield part
        elif name == "labels":
            yield from part.values()
        elif lists and isinstance(part, list) and all(isinstance(line, str) for line in part):
            yield from part
        else:
            yield from _inside(part, wanted, lists=lists)


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_text(template(), encoding="utf-8")
