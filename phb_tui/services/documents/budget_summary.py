"""A budget's summary in a plan: who comes and how often, what else it pays for, and what it costs in all."""

from collections.abc import Iterator

from phb_tui.content import forms
from phb_tui.documents.model import Block, Items, Plain, Sum, Sums
from phb_tui.domain.budget import version_content
from phb_tui.domain.budget.version_content import VersionLine
from phb_tui.domain.budget.working.lines import RECURRING
from phb_tui.i18n import _
from phb_tui.services.budget.shown import line_names
from phb_tui.services.budget.statement import Statement
from phb_tui.services.documents import budget_lines
from phb_tui.services.documents.budget_amounts import Where, heading, pounds


def blocks(found: Statement, where: Where) -> Iterator[Block]:
    """What the budget pays for, what it costs, and where the sums are."""
    lines = list(dict.fromkeys([*_hours(found, where), *_costs(found, where)]))
    if lines:
        yield heading(where, _("What it pays for"))
        yield Items(tuple(lines))
    yield heading(where, _("How much there is"))
    title = _("In all") if found.is_one_sum else _("The first year, all together")
    rows = [Sum(title, pounds(found.totals.get("first")))]  # no column of sums: these do not add up to one another
    if not found.is_one_sum:
        rows.append(Sum(_("Every week, on average"), pounds(found.totals.get("weekly"))))
        if found.totals.get("contingency"):
            within, beside = _("Of that, put by for emergencies"), _("Besides, kept by the NHS for emergencies")
            words = beside if found.is_held_by_nhs else within
            rows.insert(1, Sum(words, pounds(found.totals.get("contingency"))))
    yield Sums(tuple(rows))
    yield Plain(_("How each amount was worked out is in the paper about this budget."))


def _hours(found: Statement, where: Where) -> Iterator[str]:
    """Who comes and when, each line of hours once, with what it is for."""
    whens = {texts["id"]: line_names.when(texts) for texts in found.records.shifts}
    for line in found.lines or ():
        source = version_content.source_id(line.id, found.hours)
        if source and "bank" not in line.id.removeprefix(source).split():
            yield _with_purpose(": ".join(part for part in (line.label, whens.get(source, "")) if part), where, line)


def _costs(found: Statement, where: Where) -> Iterator[str]:
    """What employing costs, as one line, and each other cost with how often it comes."""
    others = {texts["id"]: texts for texts in found.records.costs}
    lines = [line for line in found.lines or () if not version_content.source_id(line.id, found.hours)]
    if any(line.nature == RECURRING and not version_content.source_id(line.id, found.costs) for line in lines):
        yield _("What employing people costs, such as paid holiday and sick pay")
    for line in lines:
        if source := version_content.source_id(line.id, found.costs):
            often = forms.printed("cost", "often", others.get(source, {}).get("often", ""))
            words = ": ".join(part for part in (line.label or _("A cost"), often) if part)
            yield _with_purpose("\n".join([words, *budget_lines.on_top(found, where, line)]), where, line)


def _with_purpose(words: str, where: Where, line: VersionLine) -> str:
    purposes = [_("For: {what}").format(what=each) for each in budget_lines.purposes(where, line)]
    return "\n".join([words, *purposes])
