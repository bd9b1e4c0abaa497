"""Copies to print that an earlier phb-tui left on this laptop."""

from pathlib import Path

from phb_tui.domain.text.control_characters import cleaned
from phb_tui.system import print_folder


def remove(data: Path) -> str:
    """Remove the copies of every phb-tui that has ended; a sentence about those that stay, "" for none.

    Args:
        data: The folder that holds everything else.
    """
    return cleaned(print_folder.sentence(print_folder.remove_left_over(print_folder.places(data))))
