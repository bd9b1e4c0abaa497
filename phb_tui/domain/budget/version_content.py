"""What a kept version of a budget holds: what it was worked out from, its lines and its totals.

A laptop writes it and central works it out again from `inputs` alone, both with the functions of this file. Amounts
are whole pence as `int`, in the fields and inside the JSON; version numbers of rates and policy are `int` too; the
version's own `number` is text, as with a plan. Names of people are in the labels of lines, for readers; what is
worked out again never needs them, so `inputs` has none.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from phb_tui.domain.budget.reading.line_records import WEEK
from phb_tui.domain.budget.reading.records import Records, Texts
from phb_tui.domain.budget.work import Worked
from phb_tui.domain.records.changes import Value, canonical
from phb_tui.domain.text import exact_json

INDICATIVE, FINAL = "indicative", "final"
INPUTS: Mapping[str, tuple[str, ...]] = {
    "budget": (
        "id", "purpose", "nature", "start_date", "end_date", "management", "replaces_id", "pay_every",
        "contingency_weeks", "contingency_held", "allowance", "allowance_used", "health", "social", "education",
        "term_dates", "fortnights_from",
    ),
    "workers": ("id", "employed_as", "age", "turns_on", "pension"),
    "shifts": (
        "id", "worker_id", "need_id", "goal_id", "management", *WEEK, "weekly", "sort", "rate", "from_date",
        "to_date", "weeks", "bank_holidays", "premium", "bank_hours", "average", "stream",
    ),
    "costs": (
        "id", "kind", "need_id", "goal_id", "price", "many", "often", "worker_id", "percent", "from_date", "to_date",
        "management", "stream", "contribution",
    ),
}  # fmt: skip
"""The fields that the rules read, of each kind of record; `fortnights_from` is what a budget takes over."""
TOTALS = {f"total_{name}": name for name in ("recurring", "weekly", "contingency", "start", "one_off", "first")}
"""The version's fields with totals, each with the name of the total."""
COMPARED = ("for", *TOTALS, "by_way", "by_stream", "provisional")
"""Fields that have to be the same when a version is worked out again, besides the lines."""
_MOST_RECORDS = 2_000


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A line of a kept version.

    Attributes:
        need: Id of the need that it is for; "" for none.
        goal: Id of the goal that it is for; "" for none.
    """

    id: str
    pence: int
    nature: str
    way: str
    stream: str
    need: str
    goal: str
    provisional: bool
    label: str = ""
    working: tuple[str, ...] = ()

    @property
    def compared(self) -> tuple[str, int, str, str, str, str, str, bool]:
        """What has to be the same when it is worked out again: everything but label and working."""
        return (self.id, self.pence, self.nature, self.way, self.stream, self.need, self.goal, self.provisional)


def without_strangers(records: Records) -> Records:
    """The records without the workers whom no line of the budget names."""
    lines = [*records.shifts, *records.costs]
    named = {texts.get("worker_id", "").strip() for texts in lines}
    return records._replace(workers=[texts for texts in records.workers if texts.get("id") in named])


def content(records: Records, worked: Worked) -> dict[str, Value]:
    """The fields of a version: purpose, inputs, lines, totals, ways, streams, and whether a figure is not known yet.

    Args:
        records: What was worked out, or what `read_inputs` gave.
        worked: What came of it.
    """
    return {
        "for": FINAL if records.budget.get("purpose", "").strip() == FINAL else INDICATIVE,
        "inputs": inputs(records),
        "lines": canonical([_line(line) for line in lines(records, worked)]),
        **{field: getattr(worked.totals, name) for field, name in TOTALS.items()},
        "by_way": canonical(dict(worked.by_way)),
        "by_stream": canonical(dict(worked.by_stream)),
        "provisional": "yes" if worked.provisional else "",
    }


def inputs(records: Records) -> str:
    """Canonical JSON of what the rules read of the records: only fields that are filled in, and no names."""

    def read(kind: str, texts: Texts) -> dict[str, str]:
        return {name: text for name in INPUTS[kind] if (text := texts.get(name, ""))}

    lists = {kind: [read(kind, texts) for texts in getattr(records, kind)] for kind in INPUTS if kind != "budget"}
    return canonical({"budget": read("budget", records.budget), **lists})


def read_inputs(text: str) -> Records | None:
    """The records that a version was worked out from; None when they cannot be read."""
    found = exact_json.read(text)
    if not isinstance(found, dict) or not _is_record(found.get("budget")):
        return None
    lists = [found.get(kind) for kind in INPUTS if kind != "budget"]
    if not all(isinstance(each, list) and all(map(_is_record, each)) for each in lists):
        return None
    ids = [texts["id"] for each in lists for texts in each or ()]
    if len(ids) != len(set(ids)) or len(ids) > _MOST_RECORDS:
        return None
    return Records(found["budget"], *(each or () for each in lists))


def ids(records: Records) -> frozenset[str]:
    """Ids of all records that a version was worked out from; whoever wrote in one of them built the budget."""
    lists = (records.workers, records.shifts, records.costs)
    return frozenset({records.budget.get("id", ""), *(texts["id"] for each in lists for texts in each)})


def lines(records: Records, worked: Worked) -> Iterator[VersionLine]:
    """The lines as a version keeps them, each with the need and the goal of the record that it comes from."""
    sources = {texts.get("id", ""): texts for texts in (*records.shifts, *records.costs)}
    for line in worked.lines:
        texts = sources.get(source_id(line.id, sources), {})
        yield VersionLine(
            line.id, line.pence, line.nature, line.way, line.stream, texts.get("need_id", ""),
            texts.get("goal_id", ""), line.provisional, line.label, line.working,
        )  # fmt: skip


def source_id(line_id: str, records: Collection[str]) -> str:
    """Id of the shift, cost or worker that a line comes from, among those given; "" for none of them."""
    name = line_id
    while name not in records and " " in name:  # what follows the id: the sort of line, the tax year
        name = name.rpartition(" ")[0]
    return name if name in records else ""


def read_lines(text: str) -> tuple[VersionLine, ...] | None:
    """The lines that a version keeps; None when they cannot be read. What a newer program adds is left alone."""
    found = exact_json.read(text)
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        return None
    read = [_read_line(each) for each in found]
    return None if None in read else tuple(line for line in read if line is not None)


def differences(kept: Mapping[str, Value], again: Mapping[str, Value]) -> tuple[str, ...]:
    """Names of the fields of a kept version that are not what working it out again gives.

    Args:
        kept: The fields of the version.
        again: What `content` gives for its inputs.
    """
    found = [name for name in COMPARED if _plain(kept.get(name)) != _plain(again.get(name))]
    ours, theirs = (_compared(each.get("lines")) for each in (again, kept))
    return (*found, "lines") if ours is None or ours != theirs else tuple(found)


def _compared(kept: Value) -> list[tuple[object, ...]] | None:
    lines = read_lines(str(kept or ""))
    return None if lines is None else sorted(line.compared for line in lines)


def built_by(authors: Iterable[str]) -> str:
    """Staff ids of everybody who wrote in the inputs, as canonical JSON."""
    return canonical(sorted(set(authors)))


def read_built_by(text: str) -> frozenset[str] | None:
    """Staff ids of everybody who wrote in the inputs; None when they cannot be read."""
    found = exact_json.read(text)
    readable = isinstance(found, list) and all(isinstance(each, str) for each in found)
    return frozenset(found) if readable else None


def _plain(value: Value) -> Value:
    """A value with nothing as "", because an empty field is either."""
    return "" if value is None else value


def _line(line: VersionLine) -> dict[str, object]:
    return {name: getattr(line, name) for name in line.__slots__}


def _read_line(given: Mapping[str, Any]) -> VersionLine | None:
    names = ("id", "nature", "way", "stream", "need", "goal")
    texts = [given.get(name) for name in names]
    pence, provisional = given.get("pence"), given.get("provisional")
    label, working = given.get("label", ""), given.get("working", [])
    if not all(isinstance(text, str) for text in (*texts, label)) or type(pence) is not int:
        return None
    if type(provisional) is not bool or not isinstance(working, list) or not all(isinstance(w, str) for w in working):
        return None
    known = dict(zip(names, map(str, texts), strict=True))
    return VersionLine(pence=pence, provisional=provisional, label=str(label), working=tuple(working), **known)


def _is_record(value: object) -> bool:
    return isinstance(value, dict) and bool(value.get("id")) and all(isinstance(text, str) for text in value.values())
