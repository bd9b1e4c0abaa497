"""What a plan says about a budget's newest decision, and about the newest agreement."""

from collections.abc import Iterator, Mapping, Sequence

from phb_tui.content import forms
from phb_tui.documents.model import Block, Facts, Heading, Plain
from phb_tui.domain.calendar import dates
from phb_tui.domain.decision import agreements
from phb_tui.domain.decision.authority import DECLINED, PART, PAYABLE
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.services.budget import statement
from phb_tui.services.decision import outcomes, standing
from phb_tui.services.decision.standing import Standing
from phb_tui.services.documents.document_values import DocumentValues
from phb_tui.services.records import agreement_parts
from phb_tui.services.session import Session

REASONED = ("reasons", "conditions", "alternatives", "way_decided")
"""Fields of a decision that are words."""
SIGNED = (
    "kind", "holder", "holder_id", "account", "managed_by", "start_date", "end_date", "keep_records_years",
    "notice_weeks", "signed_by", "signed_role", "signed_on", "managed_signed_on", "nhs_signed_by", "nhs_signed_on",
)  # fmt: skip
"""Fields of an agreement that a plan names; the letter about it says what each side promises."""

Everything = Mapping[str, Sequence[Record]]


def newest(session: Session, everything: Everything, budget: Record) -> Standing | None:
    """The request about a budget with the newest decision that central holds; None where there is none."""
    if not everything.get("decision") or budget.person_id is None:
        return None
    versions = {
        version.record_id
        for version in everything.get("budget_version", ())
        if version.text("budget_id") == budget.record_id
    }
    decided = [
        each
        for each in standing.of_person(session, budget.person_id)
        if each.newest is not None and each.is_confirmed and each.request.text("version_id") in versions
    ]
    return max(decided, key=_when, default=None)


def decision(session: Session, values: DocumentValues, everything: Everything, budget: Record) -> Iterator[Block]:
    """The newest decision about a budget; nothing before central has confirmed one."""
    found = newest(session, everything, budget)
    if found is None or found.newest is None:
        return
    made = found.newest
    is_decided = not found.is_waiting
    named = {
        "outcome": "" if is_decided else _("What was answered"),
        "decided_name": _(outcomes.WHO.get(found.outcome, "")),
        "decided_on": _(outcomes.WHEN.get(found.outcome, "")),
    }
    yield Heading(3, _("What was decided") if is_decided else _("What was asked for"))
    yield from map(Plain, _about_amounts(session, everything, budget, found))
    rows = [
        (named.get(name) or forms.printed_label("decision", name), words)
        for name in ("outcome", "decided_name", "decided_role")
        if (words := values.line_of(made, name))
    ]
    rows += [
        (named.get(name) or forms.printed_label("decision", name), dates.in_full(made.text(name)))
        for name in ("decided_on", "until")
        if made.text(name)
    ]
    yield Facts(tuple(rows))
    for name in REASONED:
        if words := values.words(made, name):
            yield Heading(4, forms.printed_label("decision", name))
            yield Plain(words)


def _about_amounts(session: Session, everything: Everything, budget: Record, found: Standing) -> Iterator[str]:
    """What the amounts above are, where they are not simply what was said yes to."""
    above = statement.newest(statement.versions_of(everything, budget))
    if above is None or found.newest is None:
        return
    if found.request.text("version_id") != above.record_id:
        version = next((each for each in everything.get("budget_version", ()) if _is_asked(found, each)), None)
        number = version.text("number") if version is not None else "?"
        yield _("This was about version {number}, and not about the amounts above.").format(number=number)
    elif found.outcome not in PAYABLE:
        approval = standing.approval(session, above)
        if approval is not None and approval.is_confirmed:
            day = dates.in_full(approval.decision.text("decided_on"))
            yield _("The amounts above were agreed on {day}. That stays as it is.").format(day=day)
            yield _("I asked for more, or for something else. This was answered:")
        elif found.outcome == PART:
            yield _("The amounts above are what I asked for, and not what I get.")
            yield _("The part that was agreed is kept as a version of its own, and then decided.")
            yield _("No money is paid for it before that.")
        elif found.outcome == DECLINED:
            yield _("The amounts above are what I asked for, and not what I get.")
        else:
            yield _("The amounts above are what I asked for. They are not decided yet.")


def _is_asked(found: Standing, version: Record) -> bool:
    return version.record_id == found.request.text("version_id")


def agreement(session: Session, values: DocumentValues, everything: Everything) -> Iterator[Block]:
    """The agreement that is in force; the newest one where none is."""
    found = everything.get("agreement", ())
    made = agreements.in_force(found, session.today) or next(reversed(found), None)
    if made is None:
        return
    made = agreement_parts.fitting(made)
    yield Heading(2, _("The agreement about the money"))
    for name in values.open_names(made):
        if box := values.conflict_box(made, name):
            yield box
    rows = [
        (forms.printed_label("agreement", name), words)
        for name in SIGNED
        if not values.is_open(made, name) and (words := values.words(made, name))
    ]
    if rows:
        yield Facts(tuple(rows))


def _when(found: Standing) -> tuple[str, str]:
    made = found.newest
    return ("" if made is None else dates.sort_key(made.text("decided_on"))), found.request.record_id
