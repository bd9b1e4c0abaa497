"""Three sets of colours, every text at least 7:1 on what it is painted on (WCAG AAA)."""

from textual.theme import Theme


def _theme(  # noqa: PLR0913 - six colours and a name are what a theme is
    name: str, *, dark: bool, ink: str, paper: str, quiet: str, strong: str, on_strong: str, alert: str
) -> Theme:
    """One theme from six colours.

    Args:
        name: What the theme is called.
        dark: Whether the paper is dark.
        ink: Text.
        paper: Behind text.
        quiet: Behind fields and panels.
        strong: Behind what has the focus, and the frame around it.
        on_strong: Text on strong.
        alert: Text that warns.
    """
    return Theme(
        name=name,
        dark=dark,
        primary=strong,
        secondary=strong,
        accent=strong,
        foreground=ink,
        background=paper,
        surface=quiet,
        panel=quiet,
        boost=quiet,
        warning=alert,
        error=alert,
        success=ink,
        text_alpha=1.0,
        variables={
            "ink": ink,
            "paper": paper,
            "quiet": quiet,
            "strong": strong,
            "on-strong": on_strong,
            "alert": alert,
            "text": ink,
            "text-muted": ink,
            "text-disabled": ink,
            "border": strong,
            "border-blurred": ink,
            "block-cursor-foreground": on_strong,
            "block-cursor-background": strong,
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-foreground": ink,
            "block-cursor-blurred-background": quiet,
            "block-cursor-blurred-text-style": "none",
            "block-hover-background": quiet,
            "input-cursor-foreground": on_strong,
            "input-cursor-background": strong,
            "input-cursor-text-style": "none",
            "input-selection-foreground": on_strong,
            "input-selection-background": strong,
            "link-color": ink,
            "link-color-hover": on_strong,
            "link-background-hover": strong,
            "link-style": "none",
            "link-style-hover": "bold",
            "scrollbar": strong,
            "scrollbar-hover": strong,
            "scrollbar-active": ink,
            "scrollbar-background": quiet,
            "scrollbar-background-hover": quiet,
            "scrollbar-background-active": quiet,
            "scrollbar-corner-color": quiet,
            "button-foreground": on_strong,
            "button-color-foreground": on_strong,
            "button-focus-text-style": "bold underline",
        },
    )


THEMES = (
    _theme(
        "light", dark=False, ink="#10181F", paper="#FFFFFF", quiet="#EDF2F6", strong="#003D78", on_strong="#FFFFFF",
        alert="#7A0C0C",
    ),
    _theme(
        "dark", dark=True, ink="#F1F5F8", paper="#0E1822", quiet="#1A2835", strong="#9CD0FF", on_strong="#0A1219",
        alert="#FFC9A8",
    ),
    _theme(
        "high contrast", dark=True, ink="#FFFFFF", paper="#000000", quiet="#262626", strong="#FFE600",
        on_strong="#000000", alert="#FFE600",
    ),
)  # fmt: skip
"""The themes in the order in which they are cycled; the light one is first, for reading together in a lit room."""
