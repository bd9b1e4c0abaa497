"""Answers to the 27 I statements of the national framework."""

import re
from enum import StrEnum

from phb_tui.domain.records.changes import Record


class Answer(StrEnum):
    """How true a statement is for the person today; the scale is ours, since the framework gives none."""

    YES = "yes"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    NOT_ASKED = "not_asked"
    RATHER_NOT_SAY = "rather_not_say"


def is_answered(record: Record) -> bool:
    """Whether a statement was answered; "not asked today" is the default and does not count."""
    said = record.text("answer") not in {"", Answer.NOT_ASKED}
    return said or bool(record.text("words"))


def step_of(statement_id: str) -> int:
    """The step's number in a statement id such as S2-I3; 0 for an invalid id."""
    found = re.match(r"S([1-6])", statement_id)
    return int(found[1]) if found else 0
