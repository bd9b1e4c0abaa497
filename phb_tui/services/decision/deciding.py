"""Deciding a request: what has to be said, and writing the whole decision at once."""

from collections.abc import Iterator, Mapping

from phb_tui.content import forms
from phb_tui.domain.budget import version_content
from phb_tui.domain.calendar import dates
from phb_tui.domain.decision import ask_again, contents
from phb_tui.domain.decision.authority import (
    APPROVING,
    CONDITIONS,
    DECLINED,
    DEFERRED,
    ESCALATED,
    OUTCOMES,
    PART,
    Asked,
)
from phb_tui.domain.records import limits, record_ids
from phb_tui.domain.records.changes import REMOVED, YES, Record, Value
from phb_tui.errors import RuleBroken
from phb_tui.i18n import _
from phb_tui.services.budget import team_figures
from phb_tui.services.decision import deciders, standing, subjects
from phb_tui.services.decision.standing import DECISION, KeptAside, Standing
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session

WORDS = ("reasons", "conditions", "alternatives", "until", "to", "way_decided", "learning")
"""What is written of a decision before it is made."""
ONLY_FOR: Mapping[str, frozenset[str]] = {
    "conditions": frozenset({CONDITIONS}),
    "alternatives": frozenset({DECLINED, PART}),
    "until": frozenset({DEFERRED}),
    "to": frozenset({ESCALATED}),
}
"""Fields that belong to some outcomes only, each with these; there they are needed."""
_LONGEST = limits.LONGEST_CHANGE // 3
"""Bytes of a decision's words up to which it is certainly sent in one piece."""


def why_not_me(session: Session, request: Record, outcome: str) -> str:
    """Why whoever uses this laptop may not decide a request so, as a sentence; "" when they may."""
    about = subjects.asked_of(session, request)
    if about is None:
        return _("The version of the budget that this is about cannot be read here, so nothing can be decided.")
    return deciders.why_not_me(session, about, outcome)


def draft(session: Session, there: Standing) -> Record:
    """What whoever uses this laptop has written so far of the next decision about a request; it decides nothing.

    While somebody else puts the request off or passes it on, the words that were begun stay those of the next decision.
    """
    newest = _draft(session, there, there.number)
    earlier = (_draft(session, there, number) for number in range(there.number - 1, 0, -1))
    unused = (each for each in earlier if each.fields and each.text(REMOVED) != YES)
    return newest if newest.fields else next(unused, newest)


def _draft(session: Session, there: Standing, number: int) -> Record:
    record_id = record_ids.decision_draft_id(there.request.record_id, number, session.nurse.id)
    return editing.read(session, DECISION, record_id, there.request.person_id)


def link(there: Standing) -> dict[str, str]:
    """The field that links a decision to its request."""
    return record_lists.parent_link(there.request, DECISION)


def take_words(session: Session, there: Standing, aside: KeptAside) -> Record:
    """Take the words of a decision that central did not take into the draft of the next one, where that has none.

    Raises:
        NotSaved: The disk refuses.
    """
    begun = draft(session, there)
    words = {name: aside.change.fields[name] for name in WORDS if aside.change.fields.get(name)}
    missing = {name: value for name, value in words.items() if not begun.text(name)}
    return editing.save(session, begun, {**link(there), **missing}) if missing else begun


def is_asked(name: str, outcome: str) -> bool:
    """Whether a field belongs to a decision with an outcome."""
    return name not in ONLY_FOR or outcome in ONLY_FOR[name]


def problems(session: Session, request: Record, begun: Record, outcome: str) -> Iterator[tuple[str, str]]:
    """What has to be filled in or put right before deciding: the field and the sentence of each.

    Args:
        session: The session.
        request: The request.
        begun: What was written so far.
        outcome: What is to be decided; "" while nothing was chosen.
    """
    if outcome not in OUTCOMES:
        yield "outcome", _("Choose what is decided.")
        return
    yield from contents.missing(outcome, begun.fields, session.today)
    about = subjects.asked_of(session, request)
    to = begun.text("to") if outcome == ESCALATED else ""
    if to and about is not None and (why := deciders.why_not_to(session, about, to)):
        yield "to", why
    for problem in forms.problems(begun, session.today):
        if is_asked(problem.field, outcome):
            yield problem.field, problem.sentence


def others(session: Session, request: Record) -> list[deciders.Choice]:
    """To whom whoever uses this laptop can pass a request on."""
    about = subjects.asked_of(session, request)
    found = deciders.choices(session, about) if about is not None else []
    return [each for each in found if about is not None and not deciders.why_not_to(session, about, each.id)]


def decide(session: Session, request: Record, begun: Record, outcome: str) -> Record:
    """Decide a request: all of the decision is written in one change, and what was written before goes with it.

    Args:
        session: The session.
        request: The request.
        begun: What was written so far.
        outcome: What is decided.

    Returns:
        The decision as this laptop shows it; nothing may be paid before central has confirmed it.

    Raises:
        RuleBroken: Whoever uses this laptop may not decide it, it is decided already, or something is not filled in;
            nothing was decided.
        NotSaved: The disk refuses; nothing was decided.
    """
    request = editing.read(session, request.kind, request.record_id, request.person_id)
    there, about = standing.of(session, request), subjects.asked_of(session, request)
    if not there.is_waiting:
        raise RuleBroken(_("This is decided already."), DECISION)
    if about is None or why_not_me(session, request, outcome):
        raise RuleBroken(why_not_me(session, request, outcome), "outcome")
    for field, sentence in problems(session, request, begun, outcome):
        raise RuleBroken(sentence, field)
    values = _values(session, there, about, begun, outcome)
    if sum(len(str(value).encode()) for value in values.values()) > _LONGEST:
        raise RuleBroken(_("This is too long to be sent in one piece. Write the reasons in fewer words."), "reasons")
    number = record_ids.decision_id(request.record_id, there.number)
    made = editing.read(session, DECISION, number, request.person_id)
    gone: list[tuple[Record, Mapping[str, Value]]] = [(begun, {REMOVED: YES})] if begun.fields else []
    decision = editing.save_all(session, [(made, values), *gone, *_look_again(session, request, outcome)])[0]
    for aside in there.kept_aside:
        if aside.is_decision:
            standing.mark_dealt_with(session, aside)
    return decision


def _look_again(session: Session, request: Record, outcome: str) -> Iterator[tuple[Record, Mapping[str, Value]]]:
    """The task to work a budget out again that was said yes to with figures that are not known yet (rule R24 f)."""
    version = subjects.version_of(session, request)
    if version is None or outcome not in APPROVING or version.text("provisional") != YES:
        return
    inputs = version_content.read_inputs(version.text("inputs"))
    last = dates.last_day(inputs.budget.get("end_date", "")) if inputs is not None else None
    expected = [each.on for each in team_figures.rates(session).expected if last is not None and each.on <= last]
    record_id = record_ids.task_id(request.person_id or "", f"work out again {version.record_id}")
    task = editing.read(session, "task", record_id, request.person_id)
    if not task.fields:
        by_when = min(expected).isoformat() if expected else None
        yield task, {"what": _("Work the budget out again when the figures are known"), "by_when": by_when}


def _values(session: Session, there: Standing, about: Asked, begun: Record, outcome: str) -> dict[str, Value]:
    """Every field of a decision; the amount is the version's and never typed."""
    measure = contents.WEEKLY if about.weekly else contents.FIRST
    local = record_lists.single(session, "local", None)
    words = {name: begun.text(name) for name in WORDS if begun.text(name) and is_asked(name, outcome)}
    told = ask_again.copied(local.fields, deciders.limits(session), session.today, outcome)
    return {
        **link(there),
        **words,
        **told,
        "outcome": outcome,
        "decided_by": session.nurse.id,
        "decided_name": session.nurse.name,
        "decided_role": deciders.me(session).role,
        "decided_on": session.today.isoformat(),
        "value": contents.amount_of(measure, about.weekly, about.first),
        "measure": measure,
    }
