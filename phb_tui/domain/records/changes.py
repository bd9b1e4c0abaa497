"""The change: the value that is returned by a rule, logged, sent and stored by central.

A change says which record, which fields, from what to what, by whom and when. It is never translated into
anything else: the text that is hashed is the text that travels, and the text that central keeps.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec import Struct
from msgspec.structs import replace

SHAPE = 2
"""Version of the change format, included in every change's text."""

Value = str | int | None
"""Value of a field: text, a whole number (pence, hours) or nothing."""

HANDOVER, TO_TEAM = "handover", "to_team"
"""Kind of record that transfers a person to another team, and its field with that team's id."""

PERSON = "person"
"""Kind of a person's own record; its id is the person's id."""

REMOVED, YES = "removed", "yes"
"""Field that removes a record of any kind from its list, and its value then."""


class SyncPosition(Struct, frozen=True, order=True, gc=False):
    """Position in the history of one team at central.

    Attributes:
        epoch: Epoch of central's history; it grows when central is restored from a backup.
        seq: The team sequence within it; 0 is "nothing yet".
    """

    epoch: int = 0
    seq: int = 0


class Change(Struct, frozen=True, gc=False):
    """A change of some fields of one record, by one author on one device.

    A `Struct`, for central reads thousands in one request and this is read in half the time of a dataclass.

    Attributes:
        team_id: The team whose record it is.
        device_id: The laptop it was made on.
        op_no: 1, 2, 3 ... without a gap for each team and device; 0 until the log has numbered it.
        kind: What sort of record, a key of `domain.kinds.KINDS`.
        record_id: The record.
        person_id: The person the record is about; None for records about nobody.
        fields: The new values.
        before: What the author's screen showed before, field by field. It decides whether there is a conflict.
        seen: Sync position of the author's laptop; informative only, nothing is decided by it.
        author: Who, by staff id.
        at: When by the author's clock, ISO 8601 UTC. It is shown and never decides anything.
        resolves: Sides of an open conflict this change settles, by `ConflictingValue.id`.
        prev: The hash of this device's change before this one; "" for its first.
        shape: Of which form this change is; a later form has members that this one does not know.
    """

    team_id: str
    device_id: str
    kind: str
    record_id: str
    person_id: str | None
    fields: Mapping[str, Value]
    before: Mapping[str, Value]
    seen: SyncPosition
    author: str
    at: str
    resolves: tuple[str, ...] = ()
    op_no: int = 0
    prev: str = ""
    shape: int = SHAPE

    def __repr__(self) -> str:
        """Which change it is, and nothing of what anybody said."""
        return f"Change({self.device_id}, {self.op_no}, {self.kind}, {self.record_id})"

    @property
    def text(self) -> str:
        """Canonical JSON of the change; format 1 is a list without names."""
        if self.shape == 1:
            return canonical(self._in_order())
        words = {name: getattr(self, name) for name in _MEMBERS}
        words |= {"fields": dict(self.fields), "before": dict(self.before)}
        words["seen"] = {"epoch": self.seen.epoch, "seq": self.seen.seq}
        return canonical(words)

    def _in_order(self) -> list[object]:
        seen = [self.seen.epoch, self.seen.seq]
        return [
            self.shape, self.team_id, self.device_id, self.op_no, self.kind, self.record_id, self.person_id,
            dict(self.fields), dict(self.before), seen, self.author, self.at, list(self.resolves), self.prev,
        ]  # fmt: skip

    @property
    def hash(self) -> str:
        """SHA-256 (hex) of the text.

        Each change names the hash before it, so that no change can be edited unnoticed.
        """
        return hash_of(self.text.encode())

    def numbered(self, op_no: int, prev: str) -> "Change":
        """The same change with its number and previous hash in the device's chain."""
        return replace(self, op_no=op_no, prev=prev)


_MEMBERS = Change.__struct_fields__


@dataclass(frozen=True, slots=True)
class ConflictingValue:
    """A conflicting value, kept beside the current one until somebody resolves the conflict.

    Attributes:
        value: What was written.
        device_id: Where.
        op_no: In which of that device's changes.
        author: By whom.
        at: When by their clock.
        seq: Central's team sequence when it was set aside.
    """

    value: Value = field(repr=False)
    device_id: str
    op_no: int
    author: str
    at: str
    seq: int

    @property
    def id(self) -> str:
        """Id of the value in `Change.resolves`."""
        return f"{self.device_id}:{self.op_no}"


class FieldState(Struct, frozen=True, gc=False):
    """A field as stored by central. A `Struct`, since thousands are created in each request.

    Attributes:
        value: The value shown first: the one that reached central first.
        seq: The team sequence at which this value was written.
        device_id: The device that wrote it.
        op_no: That device's change.
        author: Who wrote it.
        at: When by their clock.
        sides: Conflicting values; empty without an open conflict.
    """

    value: Value
    seq: int
    device_id: str
    op_no: int
    author: str
    at: str
    sides: tuple["ConflictingValue", ...] = ()

    def __repr__(self) -> str:
        """Which change wrote it, and nothing of what anybody said."""
        return f"FieldState({self.device_id}, {self.op_no}, {len(self.sides)} sides)"


class RecordState(Struct, frozen=True):
    """A record as stored by central. A `Struct`, since thousands are created in each request.

    Attributes:
        seq: The team sequence of the last thing that happened to any of its fields.
        fields: Every field by name; none when the record is gone.
        transferred_to: The team it was handed over to; "" while it is this team's.
    """

    team_id: str
    kind: str
    record_id: str
    person_id: str | None
    seq: int
    fields: Mapping[str, FieldState]
    transferred_to: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A record as this laptop shows it: central's state with unsent changes applied.

    Attributes:
        fields: The values a screen shows.
        seen: How far this laptop had come with central when the record was read.
        open: Fields with an open conflict, each with the other values.
    """

    team_id: str
    kind: str
    record_id: str
    person_id: str | None
    fields: Mapping[str, Value] = field(repr=False)
    seen: SyncPosition = field(default_factory=SyncPosition)
    open: Mapping[str, tuple[ConflictingValue, ...]] = field(default_factory=dict, repr=False)

    def text(self, name: str) -> str:
        """The text of a field; "" when it is empty."""
        value = self.fields.get(name)
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Authorship:
    """Author, device and time of a change, passed in by the caller.

    Attributes:
        team_id: The author's team.
        device_id: The author's laptop.
        author: The author's staff id.
        at: ISO 8601 UTC.
    """

    team_id: str
    device_id: str
    author: str
    at: str


def write(
    record: Record, values: Mapping[str, Value], stamp: Authorship, resolves: tuple[str, ...] = ()
) -> Change | None:
    """The change that gives `record` these values.

    Args:
        record: As the author's screen showed it.
        values: Field by field; equal ones are left out.
        stamp: Who, where and when.
        resolves: The sides of a conflict this settles, which makes even an equal value a decision.

    Returns:
        The change, or None when nothing differs.
    """
    wanted = {name: value for name, value in values.items() if resolves or record.fields.get(name) != value}
    if not wanted:
        return None
    before = {name: record.fields.get(name) for name in wanted}
    if wanted.get(REMOVED) == YES:  # taking off says what was taken off, or words written meanwhile would go with it
        before |= record.fields
    elif record.fields.get(REMOVED) == YES:
        before[REMOVED] = YES  # whoever goes on writing in what is off the list knows that it is
    return Change(
        team_id=record.team_id,
        device_id=stamp.device_id,
        kind=record.kind,
        record_id=record.record_id,
        person_id=record.person_id,
        fields=wanted,
        before=before,
        seen=record.seen,
        author=stamp.author,
        at=stamp.at,
        resolves=resolves,
    )


def hash_of(text: bytes) -> str:
    """SHA-256 (hex) of a change's text."""
    return hashlib.sha256(text).hexdigest()


def canonical(value: object) -> str:
    """Canonical JSON: sorted keys, no spaces, no escaped letters."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
