"""Follow-up tasks created from an answer; they follow the answer until somebody edits the task."""

from collections.abc import Sequence
from dataclasses import dataclass

from phb_tui.domain.records.changes import Authorship, Change, Record, Value, write


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Rule that a field of a kind of record creates a task.

    Attributes:
        kind: The kind of record the field is in.
        field: The field whose words or date make the task.
        is_date: Whether the field is the task's date; else it is what is to be done.
    """

    kind: str
    field: str
    is_date: bool = False


FOLLOW_UPS = (FollowUp("answer", "would_help"), FollowUp("money_choice", "come_back", is_date=True))


def rule_for(kind: str) -> FollowUp | None:
    """The follow-up rule of a kind of record; None when it has none."""
    return next((rule for rule in FOLLOW_UPS if rule.kind == kind), None)


def follow_up(rule: FollowUp, source: Record, task: Record, what: str, stamp: Authorship) -> Change | None:
    """Create or update the follow-up task of a saved field.

    The task takes the words, or the date, while nobody has changed them in the task; after that it is its own.

    Args:
        rule: Which field makes the task.
        source: The record it is in, as it is kept now.
        task: The task as it is kept now; a record without fields when there is none yet.
        what: What the task says when the field is a date.
        stamp: Who, where and when.

    Returns:
        The change to the task, or None when nothing follows.
    """
    words = source.text(rule.field)
    if not is_task(words) and not rule.is_date:
        words = ""
    made_from = task.text("from_words")
    ours = task.text("by_when" if rule.is_date else "what")
    if words == made_from or ours != made_from:
        return None
    values: dict[str, Value] = {
        "from_words": words,
        "from_id": source.record_id,
        "removed": "" if words else "yes",
        "what": words,
    }
    if rule.is_date:
        values |= {"what": task.text("what") or what, "by_when": words}
    if statement := source.text("statement"):
        values["statement"] = statement
    return write(task, values, stamp)


def is_task(words: str) -> bool:
    """Whether text can be a task: a number alone is a key pressed in the wrong field."""
    return any(letter.isalpha() for letter in words)


def next_visit(closing: Record, person: Record, stamp: Authorship) -> Change | None:
    """Copy the date of the next visit from a visit's closing to the person's record.

    Args:
        closing: The closing of the visit, as it is kept now.
        person: The person's own record.
        stamp: Who, where and when.

    Returns:
        The change to the person, or None when no date was said or it is there already.
    """
    date = closing.text("next_visit")
    return write(person, {"next_visit": date}, stamp) if date else None


def next_visit_undone(
    closing: Record, person: Record, earlier: Sequence[Value], stamp: Authorship, *, removed: bool
) -> Change | None:
    """Take back the date of the next visit that a visit entered in error said, or say it again when that is put back.

    Args:
        closing: The closing of that visit.
        person: The person's own record.
        earlier: Every value of the person's next visit, newest first.
        stamp: Who, where and when.
        removed: Whether the visit was entered in error; else it was put back.

    Returns:
        The change to the person, or None when the visit said no date or somebody has written another since.
    """
    said, shown = closing.text("next_visit"), person.text("next_visit")
    before = next((value for value in earlier if (value or "") != shown), None)
    if not said or (shown != said if removed else before != said):
        return None
    return write(person, {"next_visit": before if removed else said}, stamp)
