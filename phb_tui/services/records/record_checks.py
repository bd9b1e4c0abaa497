"""Validation of a record across its own fields and the person's other records."""

from collections.abc import Iterator

from phb_tui.content import forms
from phb_tui.domain.budget.amounts.figures import read_money
from phb_tui.domain.calendar import dates, whole_days
from phb_tui.domain.decision import agreements
from phb_tui.domain.field_types import Problem
from phb_tui.domain.payments import parts
from phb_tui.domain.people import capacity
from phb_tui.domain.plan import exclusions
from phb_tui.domain.records.changes import Record
from phb_tui.domain.text import bank_numbers, coded_lines
from phb_tui.i18n import _
from phb_tui.services.records import agreement_parts, date_floors, editing, record_lists
from phb_tui.services.session import Session

MINUS = ("-", "\N{MINUS SIGN}")
"""Signs with which somebody may begin the amount of a refund."""
OLD = 12
"""Months after which a capacity conclusion should be asked about again: our reminder, not a rule of law."""

ABOUT_MONEY = frozenset({"agreement", "budget", "money_choice", "payment", "phb", "purchase", "setup"})
"""Kinds of record in whose words somebody might write the number of an account or a card."""

CODED = {"triggers": "trigger_codes", "response": "response_codes", "signs": "sign_codes"}
"""Fields of a contingency plan and, for each, the field with the SNOMED CT codes of its lines."""


def problems(session: Session, record: Record) -> list[Problem]:
    """All problems of a record in the order of its fields; they never prevent saving."""
    return [*forms.problems(record, session.today), *_kind_problems(session, record), *_bank_numbers(record)]


def capacity_warnings(session: Session, person_id: str, *about: str) -> list[tuple[Record, str]]:
    """Capacity assessments that say the person lacks capacity for something, each with a sentence about its age.

    Args:
        session: The session.
        person_id: The person.
        about: What is to be decided, such as `capacity.PLAN`.
    """
    found = capacity.lacking_capacity(record_lists.of(session, "capacity", person_id), session.today, *about)
    return [(record, _concluded(session, record)) for record in found]


def bank_number(kind: str, name: str, words: str) -> str:
    """A sentence about the number of an account or a card in words about money; "" where there is none."""
    field = forms.field(kind, name)
    if kind not in ABOUT_MONEY or field is None or field.type != "words" or not bank_numbers.has_one(words):
        return ""
    return _("This looks like the number of an account or a card. Take it out: it is not needed here.")


def at_field(session: Session, record: Record, name: str) -> str:
    """What is said at a field as soon as it is left, as a sentence; "" where nothing is wrong with it.

    What is only missing yet is said on Continue; an amount that was paid without its day is wrong at once.
    """
    kept, today = record.text(name), session.today
    if (record.kind, name) == ("purchase", "amount") and kept.startswith(MINUS) and read_money(kept[1:]):
        return _("Write the amount without a minus sign, and tick below that the money came back.")
    own = _too_early(session, record) if (record.kind, name) == date_floors.TOLD_ON else ""
    if record.kind == "payment":
        own = next((problem.sentence for problem in _payment(record) if problem.field == name), "")
    return forms.problem(record.kind, name, kept, today) or bank_number(record.kind, name, kept) or own


def _kind_problems(session: Session, record: Record) -> Iterator[Problem]:
    if record.kind == "agreement":
        yield from _agreement(session, record)
    elif record.kind == "capacity":
        yield from capacity.problems(record)
    elif record.kind == "excluded_spend":
        yield from exclusions.problems(record)
    elif record.kind == "contingency":
        yield from _codes(session, record)
    elif record.kind == "telling" and (sentence := _too_early(session, record)):
        yield Problem("told_on", sentence)
    elif record.kind == "payment":
        yield from _payment(record)
    elif record.kind == "dst":
        yield from _dst(record)
    elif record.kind == "consent" and record.text("decision"):
        yield from _consent(session, record)


def _too_early(session: Session, telling: Record) -> str:
    """That somebody is said to have been told before it was decided; "" otherwise."""
    decided = date_floors.first_decided(session, telling.text("request_id"), telling.person_id)
    day = whole_days.whole(telling.text("told_on"))
    if decided is None or day is None or day >= decided:
        return ""
    return _("{day} is before it was decided, on {decided}. Check the day.").format(
        day=dates.in_full(day.isoformat()), decided=dates.in_full(decided.isoformat())
    )


def _bank_numbers(record: Record) -> Iterator[Problem]:
    """Problems of words that hold the number of an account or a card."""
    for field in forms.form(record.kind).fields() if record.kind in ABOUT_MONEY else ():
        if sentence := bank_number(record.kind, field.name, record.text(field.name)):
            yield Problem(field.name, sentence)


def _payment(record: Record) -> Iterator[Problem]:
    """Problems of parts of a payment that have an amount and no day."""
    for day, amount in parts.FIELDS:
        if record.text(amount).strip() and not record.text(day).strip():
            words = _("A payment that was made needs its day. If it was not paid, take it back below.")
            yield Problem(day, words)


def _dst(record: Record) -> Iterator[Problem]:
    """Problems of levels that a domain does not have."""
    for field in forms.form("dst").fields():
        kept = record.text(field.name)
        if field.once and kept in field.once and kept not in (field.options or {}):
            words = _("{level} is no level of this domain. Check it against the decision.")
            yield Problem(field.name, words.format(level=field.once[kept]))


def _codes(session: Session, record: Record) -> Iterator[Problem]:
    """Problems of lines that were changed or removed after their codes were entered."""
    for name, codes in CODED.items():
        if not record.text(codes):
            continue
        coded = next((version.at for version in editing.history(session, record, codes)), "")
        texts = editing.history(session, record, name)
        then = next((text for text in texts if text.at <= coded), texts[-1] if texts else None)
        if then is not None and coded_lines.moved(record.text(codes), str(then.value or ""), record.text(name)):
            words = _("A line was changed or removed after its code was written. Write the codes again.")
            yield Problem(name, words)


def _consent(session: Session, record: Record) -> Iterator[Problem]:
    """Problems of a consent by somebody who was assessed as lacking capacity for it.

    Assessments about this very decision count before those that do not say what they are about.
    """
    found = capacity_warnings(session, record.person_id or "", *capacity.asked_by(record))
    found = [warning for warning in found if warning[0].text("about")] or found
    if record.text("decision") == "best_interests":
        found = [warning for warning in found if not _is_decided(session, warning[0])]
        ask = _("Write the decision in their best interests: it belongs to the capacity record.")
    else:
        ask = _("Choose 'Decided in their best interests', or look at the capacity record again.")
    for about, sentence in found[:1]:
        yield Problem("decision", f"{sentence} {ask}", about.record_id)


def is_signed(session: Session, record: Record) -> bool:
    """Whether a record is an agreement that the person's side has signed."""
    return record.kind == "agreement" and agreements.is_signed(record, session.today)


def is_fixed(session: Session, record: Record, name: str) -> bool:
    """Whether a field is part of what was signed, and so is not changed any more."""
    return record.kind == "agreement" and agreements.is_fixed(record, name, session.today)


def _agreement(session: Session, record: Record) -> list[Problem]:
    person_id = record.person_id or ""
    person = editing.read(session, "person", person_id, person_id)
    contacts = record_lists.of(session, "contact", person_id)
    holder = next((each for each in contacts if each.record_id == record.text("holder_id")), None)
    lacks = next((each.record_id for each, _say in capacity_warnings(session, person_id, capacity.DIRECT_PAYMENT)), "")
    found = agreements.problems(record, person, holder, lacks, session.today)
    left_out = "" if agreements.is_signed(record, session.today) else agreement_parts.left_out(record)
    return [*found, Problem("kind", left_out)] if left_out else found


def _is_decided(session: Session, about: Record) -> bool:
    """Whether a decision in the person's best interests is written under a capacity assessment."""
    decisions = record_lists.of(session, "best_interests", about.person_id or "", about)
    return any(decision.text("outcome").strip() for decision in decisions)


def _concluded(session: Session, record: Record) -> str:
    decision = record_lists.title(session, record)
    day = dates.first_day(record.text("date"))
    words = _("Lacks capacity: {decision}.").format(decision=decision)
    if day is None:
        return words
    words = _("Lacks capacity: {decision} ({date}).").format(
        decision=decision,
        date=dates.explained(record.text("date"), session.today) or dates.in_words(record.text("date")),
    )
    if dates.add_months(day, OLD) <= session.today:
        words = " ".join((words, _("Ask whether it is still so.")))
    return words
