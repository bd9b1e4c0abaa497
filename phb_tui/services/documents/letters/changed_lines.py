"""What makes the difference between two approved versions: each line that is new, gone, dearer or cheaper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from phb_tui.documents.model import Block, Heading, Plain, Sum, Sums
from phb_tui.domain.budget import version_content
from phb_tui.domain.budget.amounts.pence import half_up, shown
from phb_tui.domain.budget.periods import Period
from phb_tui.domain.budget.reading.fields import read_day
from phb_tui.domain.budget.version_content import VersionLine
from phb_tui.domain.budget.working.lines import RECURRING
from phb_tui.domain.calendar import dates
from phb_tui.domain.payments import approved
from phb_tui.i18n import _
from phb_tui.services.budget import versions
from phb_tui.services.budget.what_if import COPIED_FROM
from phb_tui.services.documents.budget_amounts import pounds
from phb_tui.services.payments import line_choices
from phb_tui.services.payments.approvals import ApprovedVersion
from phb_tui.services.records import editing
from phb_tui.services.session import Session

_WEEK = 7


@dataclass(slots=True)
class _Line:
    """A line of a version, its tax years together.

    Attributes:
        name: What it is called.
        period: The days that it is for, within those of the budget.
        pence: Of these days; pence of what is paid once are apart.
    """

    name: str
    period: Period
    pence: int = 0
    once: int = 0


@dataclass(frozen=True, slots=True)
class _Version:
    """The days of a version, and its lines by what is the same in another version."""

    period: Period
    lines: Mapping[str, _Line] = field(default_factory=dict)

    def weekly(self, key: str) -> Fraction:
        """What a line comes to a week, over all days of the budget, in pence."""
        found = self.lines.get(key)
        return Fraction(found.pence * _WEEK, self.period.days) if found is not None else Fraction(0)

    def once(self, key: str) -> int:
        """What is paid of a line once, in pence."""
        found = self.lines.get(key)
        return found.once if found is not None else 0


def blocks(session: Session, before: ApprovedVersion, now: ApprovedVersion) -> Iterator[Block]:
    """Each line that differs, with what it makes a week and the day on which it begins; nothing where none can be read.

    Args:
        session: The session.
        before: The version that was approved before.
        now: The one that is approved now.
    """
    old, new = (_read(session, each) for each in (before, now))
    if old is None or new is None:
        return
    keys = list(dict.fromkeys([*new.lines, *old.lines]))
    rows = [row for key in keys if (row := _weekly(old, new, key)) is not None]
    if rows:
        yield Heading(2, _("What makes the difference every week"))
        yield Plain(
            _("The budget is paid in equal parts. So each amount is a week's part of the whole budget, to the penny.")
        )
        yield Sums(tuple(rows))
    once = [row for key in keys if (row := _once(old, new, key)) is not None]
    if once:
        yield Heading(2, _("What differs of what is paid once"))
        yield Sums(tuple(once))


def _weekly(old: _Version, new: _Version, key: str) -> Sum | None:
    """What a line makes a week; None where it is as before to the penny."""
    was, will = half_up(old.weekly(key)), half_up(new.weekly(key))
    if was == will:
        return None
    first = dates.in_full(new.period.first.isoformat())
    line, gone = new.lines.get(key), old.lines.get(key)
    if line is None or not will:
        name = gone.name if gone is not None else ""
        return Sum(_("No longer: {name}, from {day}").format(name=name, day=first), _more(will - was))
    begins = dates.in_full(line.period.first.isoformat())
    if not was:
        return Sum(_("New: {name}, from {day}").format(name=line.name, day=begins), _more(will), _while(new, line))
    is_more = will > was
    words = _("More for {name}, from {day}") if is_more else _("Less for {name}, from {day}")
    instead = _("Instead of {old} it will be {new} a week.").format(old=shown(was), new=shown(will))
    if was < 0 and will < 0:  # what is taken off, such as the Employment Allowance
        words = _("Less is taken off: {name}, from {day}") if is_more else _("More is taken off: {name}, from {day}")
        instead = _("Instead of {old} it will be {new} a week that is taken off.").format(
            old=shown(-was), new=shown(-will)
        )
    how = (instead, *_while(new, line)) if line.period.first > new.period.first else (instead, *_until(new, line))
    return Sum(words.format(name=line.name, day=begins), _more(will - was), how)


def _while(new: _Version, line: _Line) -> tuple[str, ...]:
    """What a line that does not run all the time is a week while it runs."""
    if line.period == new.period:
        return ()
    amount = half_up(Fraction(line.pence * _WEEK, line.period.days))
    words = _("While it runs it is {amount} a week, for {days} of the {all} days of the budget.")
    found = words.format(amount=shown(amount), days=line.period.days, all=new.period.days)
    return (found, *_until(new, line))


def _until(new: _Version, line: _Line) -> tuple[str, ...]:
    if line.period.last == new.period.last:
        return ()
    return (_("It ends on {day}.").format(day=dates.in_full(line.period.last.isoformat())),)


def _once(old: _Version, new: _Version, key: str) -> Sum | None:
    """What differs of something that is paid once; None where it is as before."""
    was, will = old.once(key), new.once(key)
    line = new.lines.get(key) or old.lines.get(key)
    if was == will or line is None:
        return None
    if not was:
        return Sum(_("New: {name}").format(name=line.name), _more(will))
    if not will:
        return Sum(_("No longer: {name}").format(name=line.name), _more(-was))
    words = _("More for {name}") if will > was else _("Less for {name}")
    how = _("Instead of {old} it will be {new}.").format(old=shown(was), new=shown(will))
    return Sum(words.format(name=line.name), _more(will - was), (how,))


def _more(pence: int) -> str:
    return f"+{pounds(pence)}" if pence > 0 else pounds(pence)


def _read(session: Session, version: ApprovedVersion) -> _Version | None:
    """A version with its lines; None when it cannot be read here."""
    content = approved.read(version.approved)
    inputs = version_content.read_inputs(version.version.text("inputs"))
    kept = versions.lines(version.version)
    if content is None or inputs is None or kept is None:
        return None
    sources = {texts["id"]: texts for texts in (*inputs.shifts, *inputs.costs)}
    found: dict[str, _Line] = {}
    for line in kept:
        source = version_content.source_id(line.id, sources)
        texts = sources.get(source, {})
        days = content.period.overlap(read_day(texts.get("from_date", "")), read_day(texts.get("to_date", "")))
        key = _key(session, line.id.removesuffix(f" {line_choices.tax_year(line.id)}").rstrip(), source)
        there = found.setdefault(key, _Line(_name(line), days or content.period))
        if line.nature == RECURRING:
            there.pence += line.pence
        else:
            there.once += line.pence
    return _Version(content.period, found)


def _name(line: VersionLine) -> str:
    return " ".join(line.label.split()) or _("A line without a name")


def _key(session: Session, name: str, source: str) -> str:
    """What is the same of a line in two versions: its id without its tax year; of a copy, that of the first one."""
    if not source:
        return name
    root = editing.read(session, "", source, None).text(COPIED_FROM) or source
    return root + name.removeprefix(source)
