"""Finds removable drives, such as USB sticks."""

import os
import sys
from pathlib import Path


def removable_drives() -> list[Path]:
    """The mount points of removable drives; on Windows every drive letter from D, because none is told apart here."""
    user = os.environ.get("USER", "")
    if sys.platform == "win32":
        return [drive for letter in "DEFGHIJKLMNOPQRSTUVWXYZ" if (drive := Path(f"{letter}:/")).exists()]
    places = ["/Volumes"] if sys.platform == "darwin" else [f"/media/{user}", f"/run/media/{user}"]
    return [drive for place in places if Path(place).is_dir() for drive in sorted(Path(place).iterdir())]
