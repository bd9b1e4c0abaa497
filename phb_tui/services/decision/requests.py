"""Asking for a decision: by when it is promised, who decides, asking somebody else, and asking again."""

from collections.abc import Iterator, Mapping
from datetime import date

from phb_tui.content import forms
from phb_tui.content.forms import TICK
from phb_tui.domain.budget.law import bank_holidays
from phb_tui.domain.calendar import dates
from phb_tui.domain.decision import contents
from phb_tui.domain.decision.asked_version import ONGOING
from phb_tui.domain.decision.authority import Asked
from phb_tui.domain.records.changes import REMOVED, YES, Record, Value
from phb_tui.errors import RuleBroken
from phb_tui.i18n import _
from phb_tui.services.budget import team_figures
from phb_tui.services.decision import against, deciders, standing, subjects
from phb_tui.services.decision.deciders import Choice
from phb_tui.services.decision.standing import DECISION, REQUEST, Standing
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session


def begun(session: Session, person_id: str, again: Record | None = None) -> Record:
    """The request that is being written, or a new one; of an old one that is looked at again its own.

    Args:
        session: The session.
        person_id: Whose it is.
        again: The decision that is to be looked at again; None for a first request.
    """
    wanted = again.record_id if again is not None else ""
    found = [
        each
        for each in record_lists.of(session, REQUEST, person_id)
        if not each.text("asked_on") and each.text("again_id") == wanted
    ]
    return found[-1] if found else record_lists.new(session, REQUEST, person_id)


def promised(session: Session, about: Asked, draft: Record) -> date | None:
    """The last day that may be promised for a request of today; None where the policy says no number of days."""
    limits, is_urgent = deciders.limits(session), draft.text("urgent") == YES
    nature = about.nature if about.nature == deciders.ONE_OFF else ONGOING  # a wheelchair counts as ongoing
    return contents.latest_answer(limits, nature, session.today, is_urgent=is_urgent)


def proposed(session: Session, about: Asked, draft: Record) -> date | None:
    """The day that is promised where none is written: the last one that may be, or the working day before it."""
    last = promised(session, about, draft)
    if last is None:
        return None
    working = bank_holidays.working_day_up_to(last, team_figures.rates(session).extra_holidays)
    return working if working >= session.today else last


def problems(session: Session, about: Asked, draft: Record, to: str) -> Iterator[tuple[str, str]]:
    """What has to be filled in or put right before asking: the field and the sentence of each.

    Args:
        session: The session.
        about: What is asked for.
        draft: The request that is being written, with the decision that it asks to look at again.
        to: Who is to decide: a staff id or "panel".
    """
    if not draft.text("wish").strip():
        yield "wish", _("Write what the person asks for, in their own words.")
    if not draft.text("risk"):
        yield "risk", _("Choose how much risk there is.")
    if to not in {choice.id for choice in deciders.choices(session, about)}:
        yield "to", _("Choose who decides.")
    last, chosen = promised(session, about, draft), draft.text("promised_by")
    day = dates.parse(chosen) if chosen else last
    if day is None:
        yield "promised_by", _("Enter the day by which an answer is promised, for example 27 3 2027.")
    elif day < session.today:
        yield "promised_by", _("This day is past. Promise a day from today on.")
    elif last is not None and day > last:
        say = _("Promise an answer by {day} at the latest, as your team's policy says.")
        yield "promised_by", say.format(day=dates.in_full(last.isoformat()))
    if draft.text("again_id") and not draft.text("evidence").strip():
        yield "evidence", _("Write what is new since the decision that is to be looked at again.")
    for problem in forms.problems(draft, session.today):
        if problem.field != "promised_by":
            yield problem.field, problem.sentence


def warnings(draft: Record) -> Iterator[tuple[str, str]]:
    """What is worth a second look before asking and stops nothing: the field and the sentence of each."""
    ticked = any(name.startswith(f"considered{TICK}") and value == YES for name, value in draft.fields.items())
    if not ticked and not draft.text("considered_words").strip():
        yield "considered", _("Nothing is ticked as looked at. Tick what was looked at, or choose Ask once more.")


def ask(session: Session, subject: subjects.Subject, draft: Record, to: str, again: Record | None = None) -> Record:
    """Ask for a decision: everything that makes it a request is written at once.

    Args:
        session: The session.
        subject: What is asked about, as the screen showed it.
        draft: The request that is being written.
        to: Who is to decide.
        again: The decision that is to be looked at again.

    Raises:
        RuleBroken: Something stands against it or is not filled in; nothing was asked.
        NotSaved: The disk refuses; nothing was asked.
    """
    link = _link(draft, again)
    whole = Record(draft.team_id, draft.kind, draft.record_id, draft.person_id, {**draft.fields, **link})
    stops = [each for each in against.stops(session, subject, whole) if not each.is_reminder]
    about, version = subjects.asked(session, subject, draft.text("risk")), subject.version
    if stops or about is None or version is None:
        raise RuleBroken(stops[0].say if stops else _("There is no kept version to ask about."), REQUEST)
    for field, sentence in problems(session, about, whole, to):
        raise RuleBroken(sentence, field)
    day = proposed(session, about, draft)
    values: dict[str, Value] = {
        **link,
        "version_id": version.record_id,
        "plan_id": subject.plan.record_id if subject.plan else None,
        "asked_on": session.today.isoformat(),
        "to": to,
        "promised_by": draft.text("promised_by") or (day.isoformat() if day else None),
    }
    request = editing.save(session, draft, values)
    for aside in standing.kept_aside(session, draft.person_id or ""):
        if not aside.is_decision and aside.request_id == draft.record_id:
            standing.mark_dealt_with(session, aside)
    return request


def deciders_of(session: Session, request: Record) -> list[Choice]:
    """Everybody who may say yes to a request that was asked; nobody when its version cannot be read here."""
    found = subjects.asked_of(session, request)
    return deciders.choices(session, found) if found is not None else []


def why_nobody_else(session: Session, there: Standing) -> str:
    """Why nobody else can be asked to decide a request, and what to do; "" where somebody can."""
    if not there.is_waiting or others_of(session, there):
        return ""
    if not deciders.limits(session).there_is_one:
        return _("Your team has no policy for money yet. Ask your team lead for one, then sync: press F5.")
    if subjects.asked_of(session, there.request) is None:
        return _("The version of the budget that this is about cannot be read here. Sync first: press F5.")
    return _(
        "By your team's policy, as it is on this laptop, nobody else may say yes to this. Press F5: the team server "
        "may have a newer policy or a new colleague. If it has not, ask your team lead who decides."
    )


def others_of(session: Session, there: Standing) -> list[Choice]:
    """Everybody but the one it waits for who may say yes to a request."""
    return [each for each in deciders_of(session, there.request) if each.id != there.to]


def ask_else(session: Session, request: Record, to: str) -> Record:
    """Ask somebody else to decide a request that waits.

    Raises:
        RuleBroken: It is decided, or they may not decide it; nothing was changed.
        NotSaved: The disk refuses; nothing was changed.
    """
    there = standing.of(session, request)
    if not there.is_waiting:
        raise RuleBroken(_("This is decided already."), REQUEST)
    if to not in {each.id for each in deciders_of(session, request)}:
        raise RuleBroken(_("Choose who decides."), "to")
    return editing.save(session, request, {"to": to})


def withdraw(session: Session, request: Record) -> Record:
    """Withdraw a request that nobody has said yes or no to; it stays in the history and can be put back.

    Raises:
        RuleBroken: It is decided; nothing was changed.
        NotSaved: The disk refuses; nothing was changed.
    """
    if not standing.of(session, request).is_waiting:
        raise RuleBroken(_("This is decided already."), REQUEST)
    return record_lists.remove(session, request)


def put_back(session: Session, request: Record) -> Record:
    """Put a request back that was withdrawn.

    Raises:
        NotSaved: The disk refuses; nothing was changed.
    """
    return editing.save(session, request, {REMOVED: ""})


def again_link(draft: Record, again: Record | None) -> dict[str, str]:
    """The field that links a new request to the decision that it asks to look at again."""
    return _link(draft, again)


def _link(draft: Record, again: Record | None) -> dict[str, str]:
    return {} if again is None or draft.text("again_id") else {"again_id": again.record_id}


def decision(session: Session, record_id: str, person_id: str) -> Record | None:
    """A decision by its id; None where there is none with an outcome."""
    found: Mapping[str, Record] = {each.record_id: each for each in record_lists.of(session, DECISION, person_id)}
    there = found.get(record_id)
    return there if there is not None and there.text("outcome") else None


def budget_id(session: Session, made: Record) -> str:
    """Id of the budget that a decision is about; "" when it cannot be read on this laptop."""
    request = editing.read(session, REQUEST, made.text("request_id"), made.person_id)
    version = subjects.version_of(session, request)
    return version.text("budget_id") if version is not None else ""
