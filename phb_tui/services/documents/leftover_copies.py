"""Removes copies to print that an earlier run of the app left on this laptop."""

from pathlib import Path

from phb_tui.domain.text.control_characters import cleaned
from phb_tui.system import print_folder


def remove(data: Path) -> str:
    """Remove the copies of every ended run of the app; return a sentence about those that remain, "" for none.

    Args:
        data: The folder that holds everything else.
    """
    return cleaned(print_folder.sentence(print_folder.remove_left_over(print_folder.places(data))))
