"""Textual themes made of the palettes."""

from __future__ import annotations

from dataclasses import fields

from textual.theme import Theme

from phb_tui.screens.design.palettes import Palette, palettes


def themes(color_system: str | None = "truecolor") -> list[Theme]:
    """The themes in the order in which they are cycled, for what a terminal can show; see `palettes.palettes`."""
    return [_theme(name, palette) for name, palette in palettes(color_system).items()]


def _theme(name: str, colours: Palette) -> Theme:
    """One theme: each colour of the palette is a variable of the style sheets, such as $on-head for `on_head`."""
    own = {field.name.replace("_", "-"): str(getattr(colours, field.name)) for field in fields(colours)[1:]}
    return Theme(
        name=name,
        dark=colours.dark,
        primary=colours.blue,
        secondary=colours.blue,
        accent=colours.blue,
        foreground=colours.ink,
        background=colours.ground,
        surface=colours.ground,
        panel=colours.bar,
        boost=colours.bar,
        warning=colours.red,
        error=colours.red,
        success=colours.ink,
        text_alpha=1.0,
        variables={
            **own,
            "text": colours.ink,
            "text-muted": colours.ink,
            "text-disabled": colours.ink,
            "border": colours.strong,
            "border-blurred": colours.edge,
            "block-cursor-foreground": colours.on_focus,
            "block-cursor-background": colours.focus,
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-foreground": colours.ink,
            "block-cursor-blurred-background": colours.ground,
            "block-cursor-blurred-text-style": "none",
            "block-hover-background": colours.bar,
            "input-cursor-foreground": colours.ground,
            "input-cursor-background": colours.ink,
            "input-cursor-text-style": "none",
            "input-selection-foreground": colours.on_blue,
            "input-selection-background": colours.blue,
            "link-color": colours.ink,
            "link-color-hover": colours.on_blue,
            "link-background-hover": colours.blue,
            "link-style": "none",
            "link-style-hover": "bold",
            "scrollbar": colours.edge,
            "scrollbar-hover": colours.edge,
            "scrollbar-active": colours.ink,
            "scrollbar-background": colours.ground,
            "scrollbar-background-hover": colours.ground,
            "scrollbar-background-active": colours.ground,
            "scrollbar-corner-color": colours.ground,
            "button-foreground": colours.ink,
            "button-color-foreground": colours.ink,
            "button-focus-text-style": "bold",
        },
    )


THEMES = tuple(themes())
"""The themes of a terminal with all colours, in the order in which they are cycled."""
