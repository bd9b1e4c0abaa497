"""How a budget was worked out, as a document: each line with its sentences, the sums, and the sources of figures."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from phb_tui.content import forms
from phb_tui.documents.model import Block, Document, Facts, Heading, Items, Plain
from phb_tui.domain.budget.amounts.pence import HUNDRED, half_up, shown
from phb_tui.domain.budget.inputs import Budget
from phb_tui.domain.budget.law.rates import Rates
from phb_tui.domain.budget.law.rates import Row as RateRow
from phb_tui.domain.budget.working.lines import Line
from phb_tui.domain.budget.working.sentences import from_to, odd_pennies_first, share_shown
from phb_tui.domain.calendar import dates
from phb_tui.i18n import N_, _, n_
from phb_tui.services.budget.shown import who_pays
from phb_tui.services.budget.shown.overview import EMPLOYING, ON_COSTS, OTHER, SUPPORT, Group, Overview, Row

RATES = {
    "nmw_21": N_("Least pay an hour, 21 and over"),
    "nmw_18_20": N_("Least pay an hour, 18 to 20"),
    "nmw_16_17": N_("Least pay an hour, 16 and 17"),
    "nmw_apprentice": N_("Least pay an hour, apprentices"),
    "nmw_offset": N_("What a day of accommodation counts for"),
    "ni_rate": N_("Employer National Insurance"),
    "ni_threshold": N_("No National Insurance up to, a year"),
    "employment_allowance": N_("Employment Allowance, a year"),
    "pension_trigger": N_("Pension joined from, a year"),
    "pension_low": N_("Pension counted from, a year"),
    "pension_high": N_("Pension counted up to, a year"),
    "pension_rate": N_("Employer pension"),
    "ssp_flat": N_("Sick pay a week, at most"),
    "ssp_share": N_("Sick pay, at most this part of a week's pay"),
}
"""What each rate is, in the order in which they are told."""
STATUS = {
    "statutory": N_("the law"),
    "standing": N_("the law, without an end that is known"),
    "local": N_("agreed locally"),
    "provisional": N_("may still change"),
}
_SHARES = ("_rate", "_share")
_WHOLE = 100 * HUNDRED
_WEEK = 7


def document(overview: Overview, person: str, *, hides: bool) -> Document:
    """How everything in a budget was worked out.

    Args:
        overview: The budget.
        person: What the person is called.
        hides: Whether notes for staff are left out.
    """
    budget = overview.worked.budget
    return Document(
        title=_("How it was worked out"),
        person=person,
        standing=from_to(budget.period) if budget is not None else "",
        blocks=tuple(_blocks(overview, hides=hides)),
    )


def _blocks(overview: Overview, *, hides: bool) -> Iterator[Block]:
    budget = overview.worked.budget
    if budget is not None and not overview.has_one_total:
        yield Plain(
            _(
                "A week here is an average week of the budget: an amount x 7 / {days} days. A usual week can be a "
                "little more or less."
            ).format(days=budget.period.days)
        )
    yield from _chapter(_("What is missing or does not fit"), _wrong(overview))
    groups = {group.title: group for group in overview.groups}
    for title in (SUPPORT, EMPLOYING, OTHER):
        if title in groups:
            yield Heading(1, _(title))
            yield from _of_group(overview, groups[title])
    if budget is None:
        return
    yield from _chapter(_("All together"), _sums(overview, budget))
    yield from _chapter(_("Who pays"), _who_pays(overview, budget))
    yield from _chapter(_("When it is paid"), _payments(overview))
    yield from _chapter(_("What may change"), overview.why_provisional)
    yield from _chapter(_("Good to know"), overview.notes(hides=hides))
    if any(worker.is_employed for worker in budget.workers):
        yield from _chapter(_("Where the figures come from"), _sources(budget, overview.candidate.rates))


def _chapter(title: str, lines: Iterable[str]) -> Iterator[Block]:
    """A heading with lines under it; nothing where there are none."""
    if found := tuple(lines):
        yield Heading(1, title)
        yield Items(found)


def _wrong(overview: Overview) -> Iterator[str]:
    for problem in overview.problems:
        yield problem.say
    for row in overview.rows:
        if not row.part:
            yield from (f"{row.label}: {problem.say}" for problem in row.problems)


def _of_group(overview: Overview, group: Group) -> Iterator[Block]:
    """The rows of a group; what employing costs, by worker."""
    by_worker = [row for row in group.rows if row.record is None]
    yield from _of_workers(overview, by_worker)
    rows = [row for row in group.rows if row.record is not None]
    if by_worker and rows:
        yield Heading(2, _("What is paid besides"))
    yield from (Facts(((row.label, _sentences(row.lines)),)) for row in rows if row.lines)


def _of_workers(overview: Overview, rows: Iterable[Row]) -> Iterator[Block]:
    lines = {line.id: (row, line) for row in rows for line in row.lines}
    budget = overview.worked.budget
    for worker in budget.workers if budget is not None else ():
        own = [(row, line) for key, (row, line) in lines.items() if key.startswith(f"{worker.id} ")]
        if own:
            yield Heading(2, worker.name or _("Someone"))
            yield Facts(tuple((_named(row, line), _sentences((line,))) for row, line in own))
    allowance = [(row, line) for row, line in lines.values() if row.part == "allowance"]
    if allowance:
        yield Heading(2, _(ON_COSTS["allowance"]))
        yield Facts(tuple((_named(row, line), _sentences((line,))) for row, line in allowance))


def _named(row: Row, line: Line) -> str:
    """What a line is, with its tax year where it has one."""
    year = line.id.rsplit(" ", 1)[-1]
    return _("{what}, tax year {year}").format(what=row.label, year=year) if "/" in year else row.label


def _sentences(lines: Iterable[Line]) -> str:
    """The sentences of lines, each once."""
    return "\n".join(dict.fromkeys(sentence for line in lines for sentence in line.working))


def _sums(overview: Overview, budget: Budget) -> Iterator[str]:
    found = overview.worked.totals
    if overview.has_one_total and found.recurring == 0 and found.contingency == 0:
        yield _("In all: {sum}").format(sum=shown(found.first))
        return
    yield _("What comes again: {sum} in {days} days").format(sum=shown(found.recurring), days=budget.period.days)
    yield _("An average week: {sum} x 7 / {days} = {week}").format(
        sum=shown(found.recurring), days=budget.period.days, week=shown(found.weekly)
    )
    parts = [found.recurring]
    if budget.contingency_weeks:
        words = n_("Put by: {count} week x {week} = {sum}", "Put by: {count} weeks x {week} = {sum}",
                   budget.contingency_weeks)  # fmt: skip
        words = words.format(count=budget.contingency_weeks, week=shown(found.weekly), sum=shown(found.contingency))
        held = budget.contingency_held == "person"
        parts += [found.contingency] if held else []
        yield words if held else _("{words}. The NHS keeps it, so it is not in the sum.").format(words=words)
    for words, pence in ((_("To start: {sum}"), found.start), (_("Bought once: {sum}"), found.one_off)):
        if pence:
            yield words.format(sum=shown(pence))
            parts.append(pence)
    sums = " + ".join(map(shown, parts))
    yield (
        _("First year: {sums} = {sum}").format(sums=sums, sum=shown(found.first))
        if len(parts) > 1
        else _("First year: {sum}").format(sum=shown(found.first))
    )


def _who_pays(overview: Overview, budget: Budget) -> Iterator[str]:
    """What each of those who pay pays, and how it comes out; nothing where one pays all."""
    worked = overview.worked
    streams = {name: pence for name, pence in worked.by_stream.items() if pence}
    if len(streams) < 2:  # noqa: PLR2004 - nothing is divided
        return
    names = {name: forms.show("shift", "stream", name) for name in streams}
    for name, pence in streams.items():
        put_by = worked.contingency_by_stream.get(name, 0)
        how = who_pays.how(budget, worked.lines, pence, put_by, name)
        yield "\n".join((_("{who}: {sum}").format(who=names[name], sum=shown(pence)), *how))
    yield from who_pays.odd_pennies(budget, worked.lines, worked.totals.contingency, names)


def _payments(overview: Overview) -> Iterator[str]:
    instalments = overview.worked.instalments
    if instalments:
        first, others = instalments[0], instalments[1:]
        yield _("{day}: {sum}").format(day=dates.in_full(first.due_on.isoformat()), sum=shown(first.pence))
        if others and first.pence != others[0].pence:
            yield odd_pennies_first()
        if others:
            count = n_("then {count} payment of {sum}, on {first}", "then {count} payments of {sum}, {first} to {last}",
                       len(others))  # fmt: skip
            yield count.format(
                count=len(others), sum=shown(others[0].pence),
                first=dates.in_words(others[0].due_on.isoformat()), last=dates.in_words(others[-1].due_on.isoformat()),
            )  # fmt: skip
    once = sum(payment.pence for payment in overview.worked.payments)
    if once:
        yield _("Once, with the first: {sum}").format(sum=shown(once))


def _sources(budget: Budget, rates: Rates) -> Iterator[str]:
    for name, words in RATES.items():
        known = rates.rows.get(name, ())
        before = [row for row in known if row.begins <= budget.period.first][-1:]
        for row in (*before, *(row for row in known if budget.period.first < row.begins <= budget.period.last)):
            yield _source(_(words), name, row)


def _source(words: str, name: str, row: RateRow) -> str:
    is_share = name.endswith(_SHARES)
    value = share_shown(half_up(row.value * _WHOLE)) if is_share else shown(half_up(Fraction(row.value)))
    return _("{what}: {value} from {day}. {source}; {status}, read on {read}").format(
        what=words,
        value=value,
        day=dates.in_words(row.begins.isoformat()),
        source=row.source,
        status=_(STATUS[row.status]) if row.status in STATUS else row.status,
        read=dates.in_words(row.read_on),
    )
