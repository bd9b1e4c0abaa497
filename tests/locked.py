"""Programs that find only what one lock installs, as on a machine where nothing else was installed."""

import os
import re
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
FINDER = """
from importlib.machinery import PathFinder

REFUSED = frozenset({refused})
find = PathFinder.find_spec


def installed(name, path=None, target=None):
    return None if name.partition(".")[0] in REFUSED else find(name, path, target)


PathFinder.find_spec = staticmethod(installed)
"""
"""Runs when Python starts, in the program and in every process that it starts in turn."""


def normal(name: str) -> str:
    """A distribution's name as indexes compare names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: str) -> dict[str, str]:
    """The version of each distribution that a lock installs on some machine; nobody runs this in a browser."""
    lines = re.findall(r"^([\w.-]+)==([^\s;]+)(.*)$", (ROOT / lock).read_text("utf-8"), re.MULTILINE)
    return {normal(name): version for name, version, when in lines if "sys_platform == 'emscripten'" not in when}


@cache
def refused(lock: str) -> set[str]:
    """The top-level modules installed here that a lock does not install."""
    allowed = {*pins(lock), "phb-tui"}
    return {
        module
        for module, distributions in packages_distributions().items()
        if module.isidentifier() and not {normal(name) for name in distributions} & allowed
    }


def environment(folder: Path, lock: str) -> dict[str, str]:
    """The environment for a program that finds only what a lock installs; its finder is written into the folder."""
    folder.mkdir()
    folder.joinpath("sitecustomize.py").write_text(FINDER.format(refused=sorted(refused(lock))), "utf-8")
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT)))}
