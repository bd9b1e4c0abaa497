"""Pictures of the screens: what they are made of, and in which colours."""

import asyncio
import re
from pathlib import Path

import pytest
from rich.color import Color

from tools.pictures import drawing
from tools.pictures.__main__ import SIZES, Wanted, take
from tools.pictures.caseload import laptop
from tools.pictures.painted import CAMPBELL, DEPTHS, XTERM
from tools.pictures.screens import PICTURES

DOCS = Path(__file__).parents[1] / "docs" / "screens"


def test_a_picture_shows_the_screen_in_the_colours_of_the_terminal() -> None:
    """A screen's words are in its picture, and with 16 colours nothing is painted in any other colour."""
    depth = DEPTHS[2]
    with laptop() as (session, data):
        taken = asyncio.run(take(session, data, Wanted(["people"], [(80, 24)], ["light", "dark"], depth)))
    for picture in taken.values():
        assert {"Annie", "Przykład"} <= set(re.findall(r">([^<]+)</text>", picture))
        colours = {tuple(bytes.fromhex(found)) for found in re.findall(r'fill="#(\w{6})"', picture)}
        assert colours <= set(XTERM._colors)
    light, dark = taken.values()
    assert light != dark
    assert drawing.png(light).startswith(b"\x89PNG")


@pytest.mark.parametrize("file", sorted(DOCS.glob("*.svg")), ids=lambda file: file.name)
def test_a_picture_asks_nobody_for_anything(file: Path) -> None:
    """The documents' pictures fetch no font and no style from anywhere."""
    text = file.read_text("utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert re.findall(r"https?://[^\s\"<]+|@import|url\(", text) == []


def test_there_are_pictures_of_every_main_screen() -> None:
    """At least 12 screens are taken in four sizes, and the documents show those that say so."""
    assert len(PICTURES) >= 12
    assert SIZES == ((60, 20), (80, 24), (120, 36), (160, 48))
    documented = {name for name, picture in PICTURES.items() if picture.documented}
    assert {file.stem for file in DOCS.glob("*.svg")} == documented


@pytest.mark.parametrize(
    ("depth", "expected"),
    [
        ("truecolor", (255, 236, 59)),
        ("256", (255, 255, 95)),
        ("16", XTERM._colors[11]),
        ("16-windows", CAMPBELL._colors[11]),
    ],
)
def test_a_colour_is_rounded_as_the_terminal_library_rounds_it(depth: str, expected: tuple[int, int, int]) -> None:
    """The yellow of the focus is the nearest yellow that a terminal has."""
    found = next(one for one in DEPTHS if one.name == depth)
    assert tuple(found.shown(Color.from_rgb(255, 236, 59), front=False)) == expected
