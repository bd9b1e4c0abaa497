"""Extracts translatable messages: `make words` writes phb_tui/locale/phb_tui.pot."""

import inspect
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from phb_tui import errors
from phb_tui.content import preload, toml_loader

PACKAGE = Path(__file__).parents[1] / "phb_tui"
TEMPLATE = PACKAGE / "locale" / "phb_tui.pot"

PROBLEMS = [
    name
    for name, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.PhbError)  # a problem looks its own sentence up
]
KEYWORDS: dict[str, Any] = {"_": None, "N_": None, "n_": (1, 2), **dict.fromkeys(PROBLEMS, (1,))}
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
    for file, model in sorted(preload.files().items()):
        toml_loader.validated(model, file, partial(_add, words, f"phb_tui/content/data/{file}"))
    return words


def template() -> str:
    """Content of the .pot file."""
    buffer = BytesIO()
    write_po(buffer, catalog(), width=120, sort_by_file=True, include_lineno=False)
    return buffer.getvalue().decode()


def _add(words: Catalog, where: str, text: str) -> str:
    """Take up a text that a content model looks up."""
    words.add(text, locations=[(where, 0)])
    return text


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_text(template(), encoding="utf-8")
