"""Shapes by meaning, each with what stands for it in a terminal or font that has it not."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Shapes:
    """The signs that screens are drawn with; each has one cell but for the five that stand in brackets.

    Attributes:
        here: Before the line that has the focus.
        chosen: Before the answer that is chosen, of which there can be one.
        not_chosen: Before an answer that is not.
        ticked: Before an answer that is chosen, of which there can be several.
        not_ticked: Before one that is not.
        not_started: State: not started.
        begun: State: begun.
        done: State: done.
        late: State: late, and before an alert.
        two_versions: State: two versions, somebody has to decide.
        yes: Level of an answer: yes.
        partly: Level of an answer: partly.
        not_yet: Level of an answer: not yet.
        not_asked: Level of an answer: not asked, or rather not say.
        own_words: Bar beside the person's words.
        other_words: Bar beside somebody else's words.
        filled: Part of a progress bar: done.
        rest: Part of a progress bar: the rest.
        sum: Part of the bar of a sum, with a gap to the bar above it.
        more: More rows below.
        rises: Before a figure that is larger than another: more, or dearer.
        falls: Before one that is smaller: less, or cheaper.
        cut: What was cut off a line.
        panel: Textual's name of the line round a panel.
        panel_focus: Textual's name of the line round the panel that has the focus.
    """

    here: str = "►"
    chosen: str = "(•)"
    not_chosen: str = "( )"
    ticked: str = "[x]"
    not_ticked: str = "[ ]"
    not_started: str = "○"
    begun: str = "◐"
    done: str = "●"
    late: str = "!"
    two_versions: str = "◆"
    yes: str = "█"
    partly: str = "▅"
    not_yet: str = "▂"
    not_asked: str = "·"
    own_words: str = "▌"
    other_words: str = "┆"
    filled: str = "━"
    rest: str = "─"
    sum: str = "▅"
    more: str = "▼"
    rises: str = "▲"
    falls: str = "▼"
    cut: str = "…"
    panel: str = "round"
    panel_focus: str = "heavy"


ALL = Shapes()
PLAIN = Shapes(
    here=">", chosen="(x)", not_started="( )", begun="(~)", done="(x)", two_versions="<>", yes="#", partly="=",
    not_yet="-", not_asked=".", own_words="|", other_words=":", filled="#", rest="-", sum="#", more="v",
    rises="+", falls="-", cut="...", panel="ascii", panel_focus="ascii",
)  # fmt: skip
"""For the Linux console, and for fonts and terminals without these signs."""

PLAIN_TERMINALS = {"linux", "dumb", "vt100", "vt220", "cons25"}
"""Values of TERM of terminals that draw letters, and few signs."""


def shapes_of(environment: dict[str, str] | os._Environ[str] | None = None) -> Shapes:
    """The shapes for a terminal: plain ones if it has no others, or if PHB_SHAPES says "plain".

    Args:
        environment: Environment variables; by default those of this process.
    """
    found = os.environ if environment is None else environment
    wanted = found.get("PHB_SHAPES", "")
    plain = wanted == "plain" or (wanted != "all" and found.get("TERM", "") in PLAIN_TERMINALS)
    return PLAIN if plain else ALL


SHAPES = shapes_of()
"""The shapes of this terminal."""
