"""Bare copies of screens: the same sorts of Textual widgets in the same layout, with none of the program's code."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.app import App, ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.geometry import Region
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widget import Widget
from textual.widgets import Button, Input, Log, OptionList, ProgressBar, Static, TextArea
from textual.widgets.option_list import Option

import phb_tui
from phb_tui.screens.design.themes import THEMES, themes

OURS, TEXTUAL = f"{phb_tui.__name__}.", "textual."
STYLES = Path(phb_tui.__file__).parent / "app" / "phb_app.tcss"

Made = Callable[[], Widget]


class BareApp(App[None]):
    """Textual app with the program's stylesheet and colours and nothing else of it."""

    CSS_PATH = STYLES
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        for theme in themes("truecolor"):
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.animation_level = "none"


class BareLog(Log):
    """Log that writes its text as soon as it can."""

    def __init__(self, content: str, id: str | None, classes: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(auto_scroll=False, id=id, classes=classes)
        self._content = content

    def on_mount(self) -> None:
        """Write the text."""
        self.write(self._content)


class BareCopy(Screen[None]):
    """Screen of stock widgets that have all their words from the start: it is laid out as early as can be."""

    PARTS: tuple[Made, ...] = ()
    """Makers of its widgets."""
    KEPT: frozenset[str] = frozenset()
    """Classes of the screen it is a copy of, such as those of the window's size."""

    def __init__(self) -> None:
        super().__init__(classes=" ".join(self.KEPT))

    def compose(self) -> ComposeResult:
        """The widgets."""
        yield from (make() for make in self.PARTS)


def copy_of(screen: Screen[Any]) -> type[BareCopy]:
    """The class of a bare copy of an opened screen.

    Its widgets are of the classes of Textual that ours are made from, nested as they are, with the same text, options,
    ids and classes, under the same stylesheets: an empty class of the same name stands for each class of ours, so that
    the same rules apply. What ours draws by itself is a `Static` of the text that it shows.

    Raises:
        TypeError: There is a sort of widget that it does not know how to copy.
    """
    focused = screen.focused
    kept = {
        "CSS_PATH": list(screen.css_path),
        "AUTO_FOCUS": f"#{focused.id}" if focused is not None and focused.id else "*",
        "PARTS": tuple(map(_maker, screen.children)),
        "KEPT": frozenset(screen.classes),
    }
    return type("Copy", (_named_as(screen, BareCopy),), kept)


def _named_as(widget: Widget, stock: type[Any]) -> type[Any]:
    """An empty subclass of a stock class with the names of a widget's classes of ours."""
    for name in reversed([kind.__name__ for kind in type(widget).__mro__ if kind.__module__.startswith(OURS)]):
        stock = type(name, (stock,), {})
    return stock


def _maker(widget: Widget) -> Made:
    """What makes a bare copy of a widget and of those inside it."""
    stock, parts, given = _stock(widget)
    bare = _named_as(widget, stock)
    # One that hides itself by a style of its own is hidden by a class here.
    classes = " ".join(widget.classes if widget.display else (*widget.classes, "hidden"))
    around = [Content(str(words or "")) for words in (widget.border_title, widget.border_subtitle)]

    def make() -> Widget:
        made: Widget = bare(*(part() for part in parts), id=widget.id, classes=classes, **given)
        made.border_title, made.border_subtitle = around
        made.disabled, made.can_focus = widget.disabled, widget.can_focus
        return made

    return make


def _stock(widget: Widget) -> tuple[type[Any], list[Callable[[], Any]], dict[str, Any]]:
    """The class of Textual that stands for a widget, and what makes its arguments."""
    kind = next(kind for kind in type(widget).__mro__ if kind.__module__.startswith(TEXTUAL))
    parts: list[Callable[[], Any]] = []
    given: dict[str, Any] = {}
    match widget:
        case OptionList():
            parts, given = list(map(_option, widget.options)), {"markup": False}
        case TextArea():
            parts, given = [lambda: widget.text], {"soft_wrap": widget.soft_wrap, "highlight_cursor_line": False}
        case Input():
            given = {"value": widget.value, "placeholder": widget.placeholder}
        case Button():
            given = {"label": str(widget.label)}
        case ProgressBar():
            given = {"total": widget.total}
        case Log():
            kind, given = BareLog, {"content": "\n".join(widget.lines)}
        case Static():
            given = {"content": str(widget.visual), "markup": False}
        case _ if kind in {Widget, ScrollView}:
            drawn = "\n".join(strip.text for strip in widget.render_lines(Region(0, 0, *widget.size)))
            kind, given = Static, {"content": drawn, "markup": False}
        case _ if kind.__module__ == Container.__module__:
            parts = list(map(_maker, widget.children))
        case _:
            msg = f"no bare copy of {kind.__name__}"
            raise TypeError(msg)
    return kind, parts, given


def _option(option: Option) -> Callable[[], Option]:
    words, disabled = str(option.prompt), option.disabled
    return lambda: Option(words, disabled=disabled)
