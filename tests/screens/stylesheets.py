"""Style rules that were read once a process: every app of a test has the same, and reading them takes a tenth of it."""

from typing import Any

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_read = Stylesheet._parse_rules
_known: dict[tuple[Any, ...], list[RuleSet]] = {}


def install() -> None:
    """Let stylesheets share what was read."""
    Stylesheet._parse_rules = _shared  # type: ignore[method-assign]


def _shared(self: Stylesheet, *given: Any, **named: Any) -> list[RuleSet]:
    key = (tuple(sorted(self._variables.items())), given, tuple(sorted(named.items())))
    if key not in _known:
        _known[key] = _read(self, *given, **named)
    return _known[key]
