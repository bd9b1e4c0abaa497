"""Opens a file in the system's default program."""

import os
import subprocess
import sys
from pathlib import Path


def show(file: Path) -> None:
    """Open a file in the system's default program; without a desktop or an opener nothing happens."""
    if sys.platform == "win32":
        os.startfile(file)  # noqa: S606 - a file we have just written
        return
    if sys.platform != "darwin" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    try:
        subprocess.Popen(
            [opener, str(file)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    except FileNotFoundError:
        return  # the screen shows where the file is
