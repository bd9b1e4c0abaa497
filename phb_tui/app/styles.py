"""Loads the style sheets of all screens at once.

Textual reads a screen's style sheet when a screen of that class is opened for the first time, and then parses every
other one again: with thirty of them that holds the key that opens the screen up for longer than all else it does.
"""

from pathlib import Path

from textual.css.stylesheet import Stylesheet

import phb_tui.screens

FOLDER = Path(phb_tui.screens.__file__).parent


def load_all(stylesheet: Stylesheet) -> None:
    """Read the style sheets of all screens that were not read yet, and parse once."""
    missing = [path for path in sorted(FOLDER.rglob("*.tcss")) if not stylesheet.has_source(str(path))]
    if missing:
        stylesheet.read_all(missing)
        stylesheet.reparse()
