"""A person's name and other small facts, from a record of kind "person"."""

from phb_tui.domain.changes import Record


def full_name(record: Record) -> str:
    """Given name and family name; "No name yet" when there is neither."""
    return f"{record.text('given_name')} {record.text('family_name')}".strip() or "No name yet"


def called(record: Record) -> str:
    """What the person likes to be called."""
    return record.text("known_as") or record.text("given_name") or full_name(record)
