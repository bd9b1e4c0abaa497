"""Snapshots of agreed plans, and the differences between a snapshot and the records now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from phb_tui.domain.records.changes import Record, Value, canonical

Everything = Mapping[str, Sequence[Record]]
_Taken = dict[str, dict[str, dict[str, Value]]]
"""Field values by kind of record, record id and field name."""
_decoder = msgspec.json.Decoder(_Taken)


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference between a snapshot and the records now.

    Attributes:
        kind: The kind of record.
        record_id: The record.
        name: The field; "" when the whole record is new or gone.
        before: What it was; None when it is new.
        after: What it is; None when it is gone.
    """

    kind: str
    record_id: str
    name: str
    before: Value
    after: Value


def take(everything: Everything, kinds: Sequence[str]) -> str:
    """Serialise the records of some kinds to one JSON text that fits a field."""
    taken = {
        kind: {record.record_id: {k: v for k, v in record.fields.items() if v not in {"", None}} for record in records}
        for kind in kinds
        if (records := everything.get(kind))
    }
    return canonical(taken)


def read(taken: str, like: Record) -> dict[str, list[Record]]:
    """The records in a snapshot.

    Args:
        taken: What `take` returned.
        like: The person's record, whose team, person and place in central's history the records get.
    """
    found = _read(taken) or {}
    return {
        kind: [
            Record(like.team_id, kind, record_id, like.person_id, fields, like.seen)
            for record_id, fields in records.items()
        ]
        for kind, records in found.items()
    }


def is_readable(taken: str) -> bool:
    """Whether a text is a valid snapshot; another version of the program may have stored something else."""
    return _read(taken) is not None


def differences(taken: str, everything: Everything, kinds: Sequence[str]) -> list[Difference]:
    """Differences between a snapshot and the records now, in the order of the kinds.

    Args:
        taken: What `take` returned when the plan was agreed.
        everything: Every record about the person now.
        kinds: The kinds that are part of the plan.
    """
    before, after = _read(taken) or {}, _read(take(everything, kinds)) or {}
    found = []
    for kind in kinds:
        old, new = before.get(kind, {}), after.get(kind, {})
        found += [Difference(kind, gone, "", "yes", None) for gone in old if gone not in new]
        found += [Difference(kind, came, "", None, "yes") for came in new if came not in old]
        found += [
            Difference(kind, record_id, name, old[record_id].get(name), new[record_id].get(name))
            for record_id in new
            if record_id in old
            for name in {**old[record_id], **new[record_id]}
            if old[record_id].get(name) != new[record_id].get(name)
        ]
    return found


def _read(taken: str) -> _Taken | None:
    """Parse a snapshot; None when it is invalid."""
    try:
        return _decoder.decode(taken or "{}")
    except (ValueError, RecursionError):
        return None
