"""What a record holds in a field, and what a change makes of it."""

from collections.abc import Mapping

from phb_tui.domain.records.changes import Change, RecordState, Value


def merged(change: Change, state: RecordState | None) -> dict[str, Value]:
    """What a record would hold with a change."""
    values: dict[str, Value] = {name: held.value for name, held in state.fields.items()} if state else {}
    return values | dict(change.fields)


def moves(change: Change, state: RecordState | None, name: str) -> bool:
    """Whether a change gives a field another value than the record holds; nothing and an empty text are the same."""
    value = change.fields[name]
    return (None if value == "" else value) != (held_value(state, name) if state else None)


def text(values: Mapping[str, Value], name: str) -> str:
    """The text of a field; "" when it holds something else, or nothing."""
    value = values.get(name)
    return value if isinstance(value, str) else ""


def held_value(state: RecordState, name: str) -> Value:
    """What a record holds in a field; None for nothing."""
    held = state.fields.get(name)
    return held.value if held and held.value != "" else None


def held_text(state: RecordState, name: str) -> str:
    """The text that a record holds in a field; "" when it holds something else, or nothing."""
    value = held_value(state, name)
    return value if isinstance(value, str) else ""


def in_conflict(state: RecordState, *names: str) -> bool:
    """Whether two people wrote different things in one of some fields, and nobody has chosen yet."""
    fields = state.fields
    return any((held := fields.get(name)) is not None and held.sides for name in names)
