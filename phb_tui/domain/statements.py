"""Answers to the I statements and what follows from them."""

from enum import StrEnum

from phb_tui.domain.changes import Change, Record, Stamp, write


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


def follow_up(answer: Record, action: Record, stamp: Stamp) -> Change | None:
    """What "what would make it true" does to its follow-up action.

    The action takes the words while nobody has reworded it; after that it is its own.

    Args:
        answer: The answer as it is kept now.
        action: The action as it is kept now; a record without fields when there is none yet.
        stamp: Who, where and when.

    Returns:
        The change to the action, or None when nothing follows.
    """
    words = answer.text("would_help")
    made_from = action.text("from_words")
    if words == made_from or action.text("what") != made_from:
        return None
    values = {
        "what": words,
        "from_words": words,
        "answer_id": answer.record_id,
        "statement": answer.text("statement"),
        "removed": "" if words else "yes",
    }
    return write(action, values, stamp)


def step_of(statement_id: str) -> int:
    """The step's number in a statement id such as S2-I3; 0 for an id of another shape."""
    return int(statement_id[1]) if statement_id[:1] == "S" and statement_id[1:2].isdecimal() else 0
