"""Copies to print that an earlier phb-tui left on this laptop."""

from pathlib import Path

from phb_tui.controls import cleaned
from phb_tui.keys import copies_folder


def remove(data: Path) -> str:
    """Remove the copies of every phb-tui that has ended; a sentence about those that stay, "" for none.

    Args:
        data: The folder that holds everything else.
    """
    return cleaned(copies_folder.sentence(copies_folder.remove_left_over(copies_folder.places(data))))
