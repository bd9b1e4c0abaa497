"""Colours by meaning, in three themes and for three depths of colour.

Text has at least 7:1 on what it is painted on, edges and shapes 3:1 (WCAG 2.2 AAA and 1.4.11), measured on the painted
cells by `tests/screens/test_contrast.py`. Greys are nearly neutral and the focus is #FFEC3B, because a terminal with
256 colours rounds other values to lilac and orange.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Palette:
    """The colours of one theme, as #RRGGBB.

    Attributes:
        dark: Whether the ground is dark.
        ground: Behind everything.
        bar: Behind the alerts and the keys.
        head: Behind the first row, which says who and where.
        on_head: Text on `head`.
        ink: Text.
        bold: What is read first.
        quiet: Digits, hints, times.
        blue: The person, what is begun, what is chosen, the one figure.
        on_blue: Text on `blue`.
        green: Done, met.
        red: Late, an alert, an error.
        amber: Due soon, nobody yet.
        purple: Two versions between which somebody has to decide.
        focus: Behind the line and the title that have the focus; nothing else has this ground.
        on_focus: Text on `focus`.
        strong: The line round the panel that has the focus.
        edge: The line round other panels.
        rail: The rest of a progress bar.
        voice: The bar beside the words of somebody other than the person.
        chip: Behind an answer that can be chosen.
        key: Behind the name of a key.
    """

    dark: bool
    ground: str
    bar: str
    head: str
    on_head: str
    ink: str
    bold: str
    quiet: str
    blue: str
    on_blue: str
    green: str
    red: str
    amber: str
    purple: str
    focus: str
    on_focus: str
    strong: str
    edge: str
    rail: str
    voice: str
    chip: str
    key: str


LIGHT = Palette(
    dark=False, ground="#FFFFFF", bar="#EFF1F2", head="#004B93", on_head="#FFFFFF", ink="#1B242B", bold="#0B1217",
    quiet="#414C54", blue="#004B93", on_blue="#FFFFFF", green="#00562B", red="#94180F", amber="#6B3F00",
    purple="#4B1D8F", focus="#FFEC3B", on_focus="#0B0F12", strong="#0B0F12", edge="#6A7A86", rail="#768692",
    voice="#6A7A86", chip="#E6E8EA", key="#D8DBDE",
)  # fmt: skip
DARK = Palette(
    dark=True, ground="#0F1922", bar="#242A2F", head="#0B4A8C", on_head="#FFFFFF", ink="#ECEEF0", bold="#FFFFFF",
    quiet="#BCC2C6", blue="#8CC4FF", on_blue="#0B0F12", green="#7FD8A6", red="#FFA69E", amber="#FFC861",
    purple="#CDB2FF", focus="#FFEC3B", on_focus="#0B0F12", strong="#FFEC3B", edge="#6F8190", rail="#6F8190",
    voice="#8496A4", chip="#2C343B", key="#353E46",
)  # fmt: skip
HIGH = Palette(
    dark=True, ground="#000000", bar="#000000", head="#FFFFFF", on_head="#000000", ink="#FFFFFF", bold="#FFFFFF",
    quiet="#FFFFFF", blue="#9CD0FF", on_blue="#000000", green="#8CF0B4", red="#FFB3AB", amber="#FFD37A",
    purple="#DCC8FF", focus="#FFEC3B", on_focus="#000000", strong="#FFEC3B", edge="#FFFFFF", rail="#B8C4CC",
    voice="#FFFFFF", chip="#000000", key="#2E2E2E",
)  # fmt: skip

_BLACK, _WHITE, _BLUE, _CYAN, _GREY, _YELLOW = "#000000", "#FFFFFF", "#0000AA", "#55FFFF", "#555555", "#FFFF55"
"""Six of the sixteen colours, as the terminal library counts them: 0, 15, 4, 14, 8 and 11."""

_LIGHT_16 = Palette(
    dark=False, ground=_WHITE, bar=_WHITE, head=_BLUE, on_head=_WHITE, ink=_BLACK, bold=_BLACK, quiet=_BLACK,
    blue=_BLUE, on_blue=_WHITE, green=_BLACK, red=_BLACK, amber=_BLACK, purple=_BLACK, focus=_YELLOW, on_focus=_BLACK,
    strong=_BLACK, edge=_GREY, rail=_GREY, voice=_GREY, chip=_WHITE, key=_WHITE,
)  # fmt: skip
_DARK_16 = Palette(
    dark=True, ground=_BLACK, bar=_BLACK, head=_BLUE, on_head=_WHITE, ink=_WHITE, bold=_WHITE, quiet=_WHITE,
    blue=_CYAN, on_blue=_BLACK, green=_WHITE, red=_WHITE, amber=_WHITE, purple=_WHITE, focus=_YELLOW, on_focus=_BLACK,
    strong=_YELLOW, edge=_WHITE, rail=_WHITE, voice=_WHITE, chip=_BLACK, key=_BLACK,
)  # fmt: skip
_HIGH_16 = replace(_DARK_16, head=_WHITE, on_head=_BLACK)

PALETTES = {"light": LIGHT, "dark": DARK, "high contrast": HIGH}
"""The themes in the order in which they are cycled; the light one is first, for reading together in a lit room."""

_SIXTEEN = {"light": _LIGHT_16, "dark": _DARK_16, "high contrast": _HIGH_16}


def palettes(color_system: str | None) -> dict[str, Palette]:
    """The palettes for what a terminal can show.

    Args:
        color_system: "truecolor", "256", "standard" or "windows" as the terminal library calls it; None for no colour.
    """
    if color_system in {"standard", "windows"}:
        return _SIXTEEN
    if color_system == "256":  # the nearest of the 256 colours to amber has less than 7:1
        return {name: replace(palette, amber=palette.ink) for name, palette in PALETTES.items()}
    return PALETTES
