"""The lines of approved budgets that something can be paid for from, by their id, each with a name for a reader."""

import re
from collections.abc import Iterator, Mapping, Sequence

from phb_tui.domain.budget.totals import CONTINGENCY
from phb_tui.domain.budget.version_content import VersionLine
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.services.budget import versions
from phb_tui.services.budget.shown import line_names
from phb_tui.services.records import editing, record_lists
from phb_tui.services.records.bought_lines import NONE
from phb_tui.services.session import Session

__all__ = ["NONE", "all_names", "in_words", "lines", "named", "put_by_id", "put_by_name", "tax_year"]

NOTIONAL = "notional"
_YEAR = re.compile(r" (\d{4}/\d{2})", re.ASCII)


def lines(version: Record) -> list[VersionLine]:
    """The lines of a kept version from which the person pays; none when they cannot be read here."""
    return [line for line in versions.lines(version) or () if line.way != NOTIONAL]


def tax_year(line_id: str) -> str:
    """The tax year at the end of a line's id, as 2026/27; "" for a line of the whole budget."""
    found = _YEAR.fullmatch(line_id[-8:])
    return found[1] if found else ""


def named(session: Session, person_id: str, found: Sequence[VersionLine]) -> dict[str, str]:
    """The names of lines by their id, in their order: no two are alike."""
    workers = {each.record_id: each.text("name") for each in record_lists.of(session, "worker", person_id)}
    names = {line.id: _name(session, line, workers) for line in found}
    several = {name for name in names.values() if list(names.values()).count(name) > 1}
    said = {each: _with_year(each, name) if name in several else name for each, name in names.items()}
    return dict(_apart(said))


def put_by_id(budget_id: str) -> str:
    """Id of what is put by for emergencies of a budget, in the place of a line's."""
    return f"{budget_id} {CONTINGENCY}"


def put_by_name() -> str:
    """What the money that is put by for emergencies is called."""
    return _("Put by for emergencies")


def all_names(session: Session, person_id: str) -> dict[str, str]:
    """The names of the lines of every kept version of a person, newer ones before older ones."""
    found: dict[str, str] = {}
    for version in versions.newest_first(record_lists.of(session, versions.KIND, person_id)):
        for line_id, name in named(session, person_id, lines(version)).items():
            found.setdefault(line_id, name)
        found.setdefault(put_by_id(version.text("budget_id")), put_by_name())
    return found


def in_words(names: Mapping[str, str], line_id: str) -> str:
    """What a purchase's line is called; "" where none was chosen yet."""
    if not line_id:
        return ""
    return _("none of the lines") if line_id == NONE else names.get(line_id) or _("a line that is not there any more")


def _name(session: Session, line: VersionLine, workers: Mapping[str, str]) -> str:
    source = line.id.removesuffix(f" {tax_year(line.id)}")
    record = editing.read(session, "", source, None) if line.nature else None
    if record is not None and record.kind == "shift":
        return line_names.of_shift(record, workers)
    return " ".join(line.label.split()) or _("A line without a name")


def _with_year(line_id: str, name: str) -> str:
    year = tax_year(line_id)
    return _("{year} {name}").format(name=name, year=year) if year else name


def _apart(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Lines of one name with a number behind it."""
    seen: dict[str, int] = {}
    for line_id, name in names.items():
        seen[name] = seen.get(name, 0) + 1
        yield line_id, name if seen[name] == 1 else f"{name} ({seen[name]})"
