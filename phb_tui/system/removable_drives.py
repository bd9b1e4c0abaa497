"""Finds drives that can be taken out."""

import os
import sys
from pathlib import Path


def removable_drives() -> list[Path]:
    """Where a stick may be: the drives that can be taken out, as far as the system says so."""
    user = os.environ.get("USER", "")
    if sys.platform == "win32":
        return [drive for letter in "DEFGHIJKLMNOPQRSTUVWXYZ" if (drive := Path(f"{letter}:/")).exists()]
    places = ["/Volumes"] if sys.platform == "darwin" else [f"/media/{user}", f"/run/media/{user}"]
    return [drive for place in places if Path(place).is_dir() for drive in sorted(Path(place).iterdir())]
