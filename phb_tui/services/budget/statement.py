"""What a paper says about a budget: lines, totals and payments, of a kept version or of the records as they are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from phb_tui.domain.budget import purposes, totals, unknown_figures, version_content
from phb_tui.domain.budget.inputs import STREAMS, WAYS, Budget, Problem
from phb_tui.domain.budget.law.rates import Rates
from phb_tui.domain.budget.reading.records import Records, read_budget
from phb_tui.domain.budget.totals import Payment, Totals
from phb_tui.domain.budget.version_content import FINAL, INDICATIVE, VersionLine
from phb_tui.domain.budget.working.lines import Line
from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record, Value
from phb_tui.domain.text import exact_json
from phb_tui.i18n import _
from phb_tui.services.budget import budgets, team_figures, versions
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session

ONGOING = "ongoing"
_MOST_FIGURES = 15
"""Figures from which a kept amount or number is taken as damaged."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A budget as a paper says it.

    Attributes:
        record: The budget's own record as it is now, with its name and what was told and said about it.
        version: The version that was kept; None for the budget as it is now.
        purpose: final, indicative or what_if.
        nature: ongoing, one_off or wheelchair.
        budget: Its days, shares and how often it pays; None when that is not known.
        lines: Its lines; None when they cannot be read.
        totals: Its totals; one that cannot be read is None.
        is_held_by_nhs: Whether the NHS keeps what is put by, so that it is not in the total.
        by_way: Pence by way of managing.
        by_stream: Pence by who pays.
        contingency_by_stream: What is put by, by who pays.
        instalments: What is paid again and again, by date.
        payments: What is paid once, with the first of them.
        hours, costs: Ids of the records of hours of support and of other costs.
        contributions: What somebody else pays on top of a wheelchair, as it was typed, by the id of its cost.
        problems: What is left out or has to be put right; none in a version.
        unknown: Sentences about what its figures do not know yet.
        unknown_of: By the id of a line, the sentence about the figure of it that is not known yet.
        records: The text of its fields and of those of its lines.
        is_known_now: Whether the figures that a version did not know have come since.
        figures: Versions of the table of the law's figures and of the team's policy; 0 for none.
    """

    record: Record
    version: Record | None
    purpose: str
    nature: str
    budget: Budget | None
    lines: tuple[VersionLine, ...] | None
    totals: Mapping[str, int | None]
    is_held_by_nhs: bool
    by_way: Mapping[str, int]
    by_stream: Mapping[str, int]
    contingency_by_stream: Mapping[str, int]
    instalments: Sequence[Payment]
    payments: Sequence[Payment]
    hours: frozenset[str]
    costs: frozenset[str]
    contributions: Mapping[str, str]
    problems: Sequence[Problem] = ()
    unknown: Sequence[str] = ()
    unknown_of: Mapping[str, str] = field(default_factory=dict)
    records: Records = field(default_factory=lambda: Records({}))
    is_known_now: bool = False
    figures: tuple[int, int] = (0, 0)

    @property
    def is_one_sum(self) -> bool:
        """Whether one sum in all is what there is to say: it is one-off, or nothing of it is paid again and again."""
        again = (self.totals.get("recurring"), self.totals.get("contingency"))
        return self.nature == "one_off" or (self.nature != ONGOING and not any(again))


def newest(found: Sequence[Record]) -> Record | None:
    """The version that counts: the newest one to ask for a decision, else the newest about how much there is."""
    kept = versions.newest_first(found)
    final = (each for each in kept if each.text("for") == FINAL)
    return next(final, next(iter(kept), None))


def kept_version(session: Session, budget: Record) -> Record | None:
    """The version of a budget that counts; None where none was kept."""
    return newest(versions.all_of(session, budget))


def chosen(everything: Mapping[str, Sequence[Record]], session: Session) -> list[tuple[Record, Record | None]]:
    """The budgets that a plan speaks of, oldest first, each with the version that counts; None where none was kept.

    One that was only tried out, one whose place another one with a kept version has taken, and one that has ended,
    where another has not, are left out.
    """
    kept = {each.record_id: newest(versions_of(everything, each)) for each in everything.get("budget", ())}
    found = purposes.meant(everything.get("budget", ()))
    replaced = {each.text("replaces_id") for each in found if kept[each.record_id]}
    there = [each for each in found if each.record_id not in replaced] or found
    running = [each for each in there if not record_lists.has_ended(session, each)] or there[-1:]
    return [(each, kept[each.record_id]) for each in running]


def versions_of(everything: Mapping[str, Sequence[Record]], budget: Record) -> list[Record]:
    """The kept versions of a budget."""
    return [each for each in everything.get("budget_version", ()) if each.text("budget_id") == budget.record_id]


def of_version(session: Session, record: Record, version: Record) -> Statement:
    """A kept version, from what it holds; the amounts are never worked out again."""
    records = version_content.read_inputs(version.text("inputs")) or Records({})
    lines = version_content.read_lines(version.text("lines"))
    rates, policy = team_figures.rates(session), team_figures.policy(session)
    budget = read_budget(records, policy.policy).budget
    kept = {name: _pence(version.fields.get(field)) for field, name in version_content.TOTALS.items()}
    known = Totals(**{name: pence or 0 for name, pence in kept.items()})
    as_lines = [_line(each) for each in lines or ()]
    is_provisional = version.text("provisional") == "yes"
    unknown = _unknown(rates, budget, lines or ())
    held = _is_held_by_nhs(known)
    once = totals.payments(budget, as_lines, known) if budget else ()
    return Statement(
        record=record,
        version=version,
        purpose=version.text("for"),
        nature=records.budget.get("nature", "") or record.text("nature") or ONGOING,
        budget=budget,
        lines=lines,
        totals=kept,
        is_held_by_nhs=held,
        by_way=_amounts(version.text("by_way"), WAYS),
        by_stream=_amounts(version.text("by_stream"), STREAMS),
        contingency_by_stream=totals.contingency_by_stream(known.contingency, budget.shares) if budget else {},
        instalments=totals.instalments(budget, as_lines) if budget else (),
        payments=[each for each in once if not (held and each.what == totals.CONTINGENCY)],
        hours=_ids(records.shifts),
        costs=_ids(records.costs),
        contributions=_contributions(records),
        unknown=unknown,
        unknown_of=_unknown_of(rates, budget, lines or ()),
        records=records,
        is_known_now=is_provisional and not unknown,
        figures=(_number(version.fields.get("rates")), _number(version.fields.get("policy"))),
    )


def of_budget(session: Session, record: Record) -> Statement:
    """A budget as it is now, worked out with the figures as they are now."""
    policy, rates = team_figures.policy(session), team_figures.rates(session)
    kept = budgets.read(session, record)
    records = budgets.texts(kept, rates, policy)
    worked = budgets.worked_with(kept, rates, policy)
    lines = tuple(version_content.lines(records, worked))
    return Statement(
        record=record,
        version=None,
        purpose=record.text("purpose") or INDICATIVE,
        nature=record.text("nature") or ONGOING,
        budget=worked.budget,
        lines=lines,
        totals={name: getattr(worked.totals, name) for name in version_content.TOTALS.values()},
        is_held_by_nhs=worked.budget is not None and worked.budget.contingency_held == "nhs",
        by_way=worked.by_way,
        by_stream=worked.by_stream,
        contingency_by_stream=worked.contingency_by_stream,
        instalments=worked.instalments,
        payments=worked.payments,
        hours=frozenset(each.record_id for each in kept.shifts),
        costs=frozenset(each.record_id for each in kept.costs),
        contributions=_contributions(records),
        problems=worked.problems,
        unknown=_unknown(rates, worked.budget, lines),
        unknown_of=_unknown_of(rates, worked.budget, lines),
        records=records,
        figures=(rates.version, policy.version),
    )


def _is_held_by_nhs(found: Totals) -> bool:
    """Whether what is put by is kept by the NHS, as the total itself says."""
    return bool(found.contingency) and found.recurring + found.start + found.one_off == found.first


def _unknown(rates: Rates, budget: Budget | None, lines: Iterable[VersionLine]) -> tuple[str, ...]:
    """What the provisional lines do not know, as far as it is not known now either."""
    found = unknown_figures.of(budget, rates, lines) if budget is not None else ()
    return tuple(
        (_("From {day}: {why}") if each.why else _("Bank holidays after {day} are not announced yet.")).format(
            day=dates.in_full(each.on.isoformat()), why=each.why
        )
        for each in found
    )


def _unknown_of(rates: Rates, budget: Budget | None, lines: Iterable[VersionLine]) -> dict[str, str]:
    """What each provisional line does not know, by its id."""
    found = {line.id: _unknown(rates, budget, (line,)) for line in lines if line.provisional}
    return {line_id: " ".join(sentences) for line_id, sentences in found.items() if sentences}


def _ids(records: Iterable[Mapping[str, str]]) -> frozenset[str]:
    return frozenset(texts["id"] for texts in records)


def _contributions(records: Records) -> dict[str, str]:
    """Contributions by cost; only a wheelchair budget has any."""
    if records.budget.get("nature") != "wheelchair":
        return {}
    return {texts["id"]: words for texts in records.costs if (words := texts.get("contribution", ""))}


def _line(kept: VersionLine) -> Line:
    return Line(kept.id, kept.label, kept.working, kept.pence, kept.nature, kept.way, kept.stream, kept.provisional)


def _amounts(text: str, known: Collection[str]) -> dict[str, int]:
    """Pence by name of a kept JSON text; empty when it cannot be read."""
    found = exact_json.read(text)
    if not isinstance(found, dict) or any(_pence(pence) is None for pence in found.values()):
        return {}
    order = [*known, *sorted(found.keys() - set(known))]
    return {name: found[name] for name in order if found.get(name)}


def _pence(value: object) -> int | None:
    """Whole pence of a kept value; None when it is none."""
    if type(value) is int and abs(value) < 10**_MOST_FIGURES:
        return value
    return None


def _number(value: Value) -> int:
    """A version's number, which is kept as text or as a number; 0 for none."""
    text = str(value) if type(value) in {int, str} else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _MOST_FIGURES else 0
