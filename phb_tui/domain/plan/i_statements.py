"""Answers to the I statements and what follows from them."""

import re
from enum import StrEnum

from phb_tui.domain.records.changes import Record


class Answer(StrEnum):
    """How true a statement is for the person today. The framework gives no scale; this one is ours."""

    YES = "yes"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    NOT_ASKED = "not_asked"
    RATHER_NOT_SAY = "rather_not_say"


def is_answered(record: Record) -> bool:
    """Whether the person said anything: "not asked today" is where every statement starts and never counts."""
    said = record.text("answer") not in {"", Answer.NOT_ASKED}
    return said or bool(record.text("words"))


def step_of(statement_id: str) -> int:
    """The step's number in a statement id such as S2-I3; 0 for an id of another shape."""
    found = re.match(r"S([1-6])", statement_id)
    return int(found[1]) if found else 0
