"""Answers to the 27 I statements of the national framework."""

import re
from enum import StrEnum

from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _


class Answer(StrEnum):
    """How true a statement is for the person today; the scale is ours, since the framework gives none."""

    YES = "yes"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    NOT_ASKED = "not_asked"
    RATHER_NOT_SAY = "rather_not_say"


WORDS = {
    Answer.YES: N_("Yes"),
    Answer.PARTLY: N_("Partly"),
    Answer.NOT_YET: N_("Not yet"),
    Answer.NOT_ASKED: N_("Not asked today"),
    Answer.RATHER_NOT_SAY: N_("I would rather not say"),
}
"""The label of each answer, in the order of the list."""


def words_of(kept: str) -> str:
    """The label of a stored answer; an unknown code from a newer version as it is."""
    return _(WORDS[Answer(kept)]) if kept in set(Answer) else kept


def is_answered(record: Record) -> bool:
    """Whether a statement was answered; "not asked today" is the default and does not count."""
    said = record.text("answer") not in {"", Answer.NOT_ASKED}
    return said or bool(record.text("words"))


def step_of(statement_id: str) -> int:
    """The step's number in a statement id such as S2-I3; 0 for an invalid id."""
    found = re.match(r"S([1-6])", statement_id)
    return int(found[1]) if found else 0
