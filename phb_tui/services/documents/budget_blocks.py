"""Converts a budget's statement to document blocks: every amount with the sentences by which it can be checked."""

from collections.abc import Iterator

from phb_tui.content import forms
from phb_tui.documents.model import Block, Facts, Items, Plain, Said, Sum, Sums, Undecided
from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.domain.budget.version_content import FINAL
from phb_tui.domain.budget.working.lines import ONE_OFF, RECURRING, START_UP
from phb_tui.domain.budget.working.sentences import days_shown
from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import REMOVED, Record
from phb_tui.i18n import _, n_
from phb_tui.services.budget.statement import Statement
from phb_tui.services.documents import budget_lines, budget_payments, budget_summary
from phb_tui.services.documents.budget_amounts import ONCE, Where, heading, pounds, sum_of

_WEEK = 7


def blocks(found: Statement, where: Where) -> Iterator[Block]:
    """Everything about one budget but how to ask for it to be looked at again."""
    yield from _undecided(found, where)
    yield from _about(found, where)
    yield from told_first(found.record, where)
    if found.lines is None:
        yield Plain(_("The lines of this version cannot be read on this laptop."))
    yield from _total(found, where)
    yield from _to_look_at(found, where)
    yield from budget_lines.blocks(found, where)
    yield from budget_payments.blocks(found, where)
    yield from _not_known(found, where)
    yield from _enough(found, where)


def in_plan(found: Statement, where: Where) -> Iterator[Block]:
    """What a plan says about one budget: for what, who and how often, and what it costs; the statement has the sums."""
    yield from _about(found, where)
    yield from told_first(found.record, where)
    if found.lines is None:
        yield Plain(_("The lines of this version cannot be read on this laptop."))
    yield from budget_summary.blocks(found, where)
    yield from _not_known(found, where)
    yield from _enough(found, where)


def told_first(record: Record, where: Where) -> Iterator[Block]:
    """What was told first about how much there is; nothing where that was not."""
    told = [where.values.words(record, name) for name in ("range_from", "range_to")]
    if not any(told):
        return
    a_week = record.text("nature") in {"", "ongoing"}
    amount = _(" to ").join(words for words in told if words)
    rows = [
        (_("What I was told first"), _("about {sum} a week" if a_week else "about {sum} in all").format(sum=amount))
    ]
    rows += [
        (forms.printed_label(record.kind, name), words)
        for name in ("told_on", "told_how")
        if (words := where.values.words(record, name))
    ]
    yield Facts(tuple(rows))


def _undecided(found: Statement, where: Where) -> Iterator[Block]:
    """Boxes with what two colleagues wrote differently; a kept version has none of its own."""
    if found.version is not None:
        return
    parts = {*found.hours, *found.costs}
    lines = [each for each in where.records.values() if each.record_id in parts or each.kind == "worker"]
    for record in (found.record, *lines):
        for name in dict.fromkeys((REMOVED, *where.values.open_names(record))):
            field = forms.field(record.kind, name)
            if (field is None or not field.staff_only) and (box := where.values.conflict_box(record, name)):
                yield Undecided(box.title, f"{box.what} ({where.values.line(record)})", box.versions)


def _about(found: Statement, where: Where) -> Iterator[Block]:
    rows = [(_("What it is for"), forms.printed("budget", "purpose", found.purpose))] if found.purpose else []
    if found.budget is not None:
        period = found.budget.period
        weeks, days = divmod(period.days, _WEEK)
        length = n_("{count} week", "{count} weeks", weeks).format(count=weeks) if not days else days_shown(period.days)
        first, last = (dates.in_full(day.isoformat()) for day in (period.first, period.last))
        rows.append((_("Days"), _("{first} to {last}, {length}").format(first=first, last=last, length=length)))
    else:
        rows.append((_("Days"), _("(not written yet)")))
    if found.version is not None:
        rows.append((_("Kept as version"), where.values.words(found.version, "number")))
        rows += [
            (forms.printed_label("budget_version", name), words)
            for name in ("agreed_by", "agreed_role", "agreed_how", "agreed_on", "lacking")
            if (words := where.values.words(found.version, name))
        ]
    law, policy = found.figures
    if law:
        words = _("figures of the law, version {number}").format(number=law)
        if policy:
            words = _("{law}; the team's policy, version {number}").format(law=words, number=policy)
        rows.append((_("Worked out with"), words))
    yield Facts(tuple(rows))


def _total(found: Statement, where: Where) -> Iterator[Block]:
    known = {name: pence or 0 for name, pence in found.totals.items()}
    rows: list[Sum] = []
    if not found.is_one_sum:
        rows.append(Sum(_("Every week"), pounds(found.totals.get("weekly")), _weekly(found)))
        rows.append(
            Sum(
                _("What is paid again and again"),
                pounds(found.totals.get(RECURRING)),
                sum_of([sums for group in budget_lines.AGAIN if (sums := budget_lines.of_group(found, group))]),
            )
        )
    if known["contingency"]:
        held = (
            _("The NHS keeps it until it is needed, so it is not in the total.")
            if found.is_held_by_nhs
            else _("I keep it, or who manages the money for me keeps it.")
        )
        rows.append(Sum(_("Put by for emergencies"), pounds(known["contingency"]), (*_put_by(found), held)))
    rows += [
        Sum(_(title), pounds(known[name]))
        for name, title in ((START_UP.removesuffix("_up"), ONCE[START_UP]), (ONE_OFF, ONCE[ONE_OFF]))
        if known.get(name) and not found.is_one_sum
    ]
    parts = [known["recurring"], 0 if found.is_held_by_nhs else known["contingency"], known["start"], known["one_off"]]
    title = _("In all") if found.is_one_sum else _("The first year, all together")
    rows.append(Sum(title, pounds(found.totals.get("first")), sum_of(parts), is_total=bool(rows)))
    yield heading(where, _("How much there is"))
    if found.purpose != FINAL:
        yield Plain(_("This tells about how much there is. The amount can still change before it is decided."))
    yield Sums(tuple(rows))


def _weekly(found: Statement) -> tuple[str, ...]:
    recurring, weekly = found.totals.get("recurring"), found.totals.get("weekly")
    if found.budget is None or recurring is None or weekly is None:
        return ()
    return (
        _("On average: {sum} x 7 / {days} = {weekly}").format(
            sum=shown(recurring), days=days_shown(found.budget.period.days), weekly=shown(weekly)
        ),
    )


def _put_by(found: Statement) -> tuple[str, ...]:
    weekly, put_by = found.totals.get("weekly"), found.totals.get("contingency")
    if not weekly or put_by is None or put_by % weekly:
        return ()
    words = n_(
        "{count} week: {count} x {weekly} = {sum}", "{count} weeks: {count} x {weekly} = {sum}", put_by // weekly
    )
    return (words.format(count=put_by // weekly, weekly=shown(weekly), sum=shown(put_by)),)


def _to_look_at(found: Statement, where: Where) -> Iterator[Block]:
    """Lines that are left out of the total, and what has to be put right, in a budget that was not kept."""
    if not found.problems:
        return
    yield heading(where, _("What is still to be put right"))
    yield Plain(_("Some of this may not be in the total yet. The amounts will change when it is put right."))
    lines = []
    for problem in found.problems:
        record = where.records.get(problem.id)
        about = where.values.line(record) if record is not None else ""
        lines.append(f"{about}: {problem.say}" if about else problem.say)
    yield Items(tuple(lines))


def _not_known(found: Statement, where: Where) -> Iterator[Block]:
    if not found.unknown and not found.is_known_now:
        return
    yield heading(where, _("What is not known yet"))
    if found.is_known_now:
        yield Plain(_("Figures that were not known then are known now. I can ask for it to be worked out again."))
        return
    yield Items(tuple(found.unknown))
    yield Plain(_("Until then the newest figures of the law are used. It is worked out again when they are known."))


def _enough(found: Statement, where: Where) -> Iterator[Block]:
    answer, words = (where.values.words(found.record, name) for name in ("enough", "enough_words"))
    if not answer and not words:
        return
    yield heading(where, forms.printed_label("budget", "enough"))
    if answer:
        yield Plain(answer)
    if words:
        yield Said(words)
