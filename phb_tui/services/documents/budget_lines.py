"""Blocks for the lines of a budget: each amount with its working, what it is for, and sums of their groups."""

from collections.abc import Iterator

from phb_tui.documents.model import Block, Sum, Sums
from phb_tui.domain.budget import version_content
from phb_tui.domain.budget.amounts.figures import read_money
from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.domain.budget.inputs import JOINT
from phb_tui.domain.budget.version_content import VersionLine
from phb_tui.domain.budget.working.lines import ONE_OFF, START_UP
from phb_tui.i18n import N_, _
from phb_tui.services.budget.statement import Statement
from phb_tui.services.documents.budget_amounts import ONCE, Where, heading, payer, pounds, way_of

AGAIN = {
    "hours": N_("Hours of support"),
    "employing": N_("What employing people costs"),
    "other": N_("Other things that are paid again and again"),
}
"""Groups of lines that are paid again and again, in order."""
GROUPS = {**AGAIN, START_UP: ONCE[START_UP], ONE_OFF: ONCE[ONE_OFF]}
"""Groups of lines, in order."""


def blocks(found: Statement, where: Where) -> Iterator[Block]:
    """The lines, by group."""
    if not found.lines:
        return
    yield heading(where, _("What it pays for, line by line"))
    for group, title in GROUPS.items():
        lines = _in_group(found, group)
        if not lines:
            continue
        yield heading(where, _(title), 1)
        rows = [_row(found, where, line) for line in lines]
        if len(rows) > 1:
            sums = pounds(of_group(found, group))
            rows.append(Sum(_("{group}, together").format(group=_(title)), sums, is_total=True))
        yield Sums(tuple(rows))


def of_group(found: Statement, group: str) -> int:
    """What the lines of a group come to."""
    return sum(line.pence for line in _in_group(found, group))


def _in_group(found: Statement, group: str) -> list[VersionLine]:
    return [line for line in found.lines or () if _group(found, line) == group]


def _group(found: Statement, line: VersionLine) -> str:
    if line.nature in {START_UP, ONE_OFF}:
        return line.nature
    if version_content.source_id(line.id, found.hours):
        return "hours"
    return "other" if version_content.source_id(line.id, found.costs) else "employing"


def _row(found: Statement, where: Where, line: VersionLine) -> Sum:
    how = [words for words in line.working if words != shown(line.pence)]
    own = {each.way for each in found.lines or ()}
    if len(own) > 1:
        how.append(_("Managed as: {way}").format(way=way_of(line.way)))
    if line.stream != JOINT:
        how.append(_("Paid by: {who}").format(who=payer(found, where, line.stream)))
    how += [_("For: {what}").format(what=words) for words in purposes(where, line)]
    how += on_top(found, where, line)
    if line.provisional:
        how.append(_not_known(found, line))
    return Sum(_label(line), pounds(line.pence), tuple(how))


def _not_known(found: Statement, line: VersionLine) -> str:
    """Which figure of a line is not known yet, and from which day."""
    if words := found.unknown_of.get(line.id):
        return _("This can still change. {figure}").format(figure=words)
    return _("One of its figures was not known when this was worked out.")


def on_top(found: Statement, where: Where, line: VersionLine) -> Iterator[str]:
    """What the person or others pay on top of the NHS's part of a wheelchair."""
    pence = read_money(found.contributions.get(line.id, ""))
    if pence:
        yield _("On top of this {sum} is paid, and not by the NHS. It is not part of this budget.").format(
            sum=shown(pence)
        )
        record = where.records.get(line.id)
        if record is not None and (who := where.values.line_of(record, "contribution_from")):
            yield _("Who pays it: {who}").format(who=who)


def _label(line: VersionLine) -> str:
    """A line's label, with its tax year where a record has a line for each."""
    year = line.id.rpartition(" ")[2]
    begins, slash, ends = year.partition("/")
    if slash and begins.isdecimal() and ends.isdecimal():
        return _("{label} (tax year {year})").format(label=line.label, year=year)
    return line.label


def purposes(where: Where, line: VersionLine) -> Iterator[str]:
    """The need and the goal of a line in words."""
    for name in (line.need, line.goal):
        if name:
            record = where.records.get(name)
            gone = _("something that is no longer in the plan")
            yield (where.values.line_of(record, "words") or where.values.line(record)) if record is not None else gone
