"""What was agreed and signed about the money: which agreement is in force, what fits its way, what stands against it.

Who may hold a direct payment, that a nominee agrees too, and that a managed account lifts the duty of a separate
account: regulations 4 to 10 of SI 2013/1617. The check of somebody who is not close is from the parallel rule in
regulation 16 of SI 2010/2862.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from phb_tui.domain.calendar import dates
from phb_tui.domain.field_types import Problem
from phb_tui.domain.records.changes import REMOVED, YES, Record, Value
from phb_tui.i18n import _

PERSON, REPRESENTATIVE, NOMINEE = "person", "representative", "nominee"
OTHERS = frozenset({REPRESENTATIVE, NOMINEE})
"""Holders who are not the person."""
DIRECT_PAYMENT, MANAGED, THIRD_PARTY, NOTIONAL, ONE_OFF = (
    "direct_payment", "managed_account", "third_party", "notional", "one_off",
)  # fmt: skip
PAID = frozenset({"", DIRECT_PAYMENT, MANAGED, ONE_OFF})
"""Kinds of agreement by which money is paid to somebody; an empty kind counts as the first."""
ACCOUNTS: Mapping[str, frozenset[str]] = {
    DIRECT_PAYMENT: frozenset({"own_separate", "shared_with_social_care", "prepaid_card"}),
    MANAGED: frozenset({"managed"}),
    ONE_OFF: frozenset({"one_off_existing", "own_separate", "shared_with_social_care", "prepaid_card", "managed"}),
}
"""The sorts of account that fit a kind of agreement."""
EXPLAINED_TO_NOBODY: Mapping[str, frozenset[str]] = {
    THIRD_PARTY: frozenset({"records", "employer_duties", "insurance", "repay"}),
    NOTIONAL: frozenset({"use_only_for_plan", "records", "employer_duties", "insurance", "repay"}),
    ONE_OFF: frozenset({"employer_duties", "insurance"}),
}
"""What has no place in an agreement of a kind: it is somebody else's duty, or nobody's."""
REPLACES = "replaces_id"
"""Field of an agreement: the one that it was signed anew for."""
LATER = frozenset(
    {"nhs_signed_by", "nhs_signed_on", "managed_signed_on", "holder_agreed_on", "holder_checked_on", "end_date"}
)
"""What can still be written once the person's side has signed: what others sign and show, and the end."""
SIGNATURES = frozenset({"signed_by", "signed_role", "signed_on", "nhs_signed_by", "nhs_signed_on", "managed_signed_on"})
_ERROR_REASON = "error_reason"
"""Says why a whole record was entered in error; that can be written, and taken back, of one that was signed too."""
_CLOSE = frozenset({"partner", "parent", "child", "sibling", "grandparent", "other_family"})
_SIXTEEN = 16 * 12


class Standing(StrEnum):
    """How an agreement stands on a day."""

    NOT_SIGNED = "not_signed"
    NOT_BY_NHS = "not_by_nhs"
    LATER = "later"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    ENDED = "ended"


def starts(agreement: Record) -> date | None:
    """The day from which an agreement counts: its own, else the day on which the last side signed."""
    if own := dates.first_day(agreement.text("start_date")):
        return own
    signed = [dates.first_day(agreement.text(name)) for name in ("signed_on", "nhs_signed_on")]
    return max((day for day in signed if day is not None), default=None)


def standings(agreements: Iterable[Record], today: date) -> dict[str, Standing]:
    """How each agreement stands, by its id; of several that count on one day the one that began last is in force."""
    found = {each.record_id: _alone(each, today) for each in agreements if each.text(REMOVED) != YES}
    running = [each for each in agreements if found.get(each.record_id) is Standing.IN_FORCE]
    anew = {each.text(REPLACES) for each in running}
    last = [each for each in running if each.record_id not in anew] or running
    newest = max(last, key=lambda each: (starts(each) or date.min, each.record_id), default=None)
    for each in running:
        if each is not newest:
            found[each.record_id] = Standing.REPLACED
    return found


def in_force(agreements: Iterable[Record], today: date) -> Record | None:
    """The agreement that counts on a day; None for none."""
    there = list(agreements)
    found = standings(there, today)
    return next((each for each in there if found.get(each.record_id) is Standing.IN_FORCE), None)


def _alone(agreement: Record, today: date) -> Standing:
    if dates.is_past(agreement.text("end_date"), today):
        return Standing.ENDED
    if not dates.is_due(agreement.text("signed_on"), today):
        return Standing.NOT_SIGNED
    if not dates.is_due(agreement.text("nhs_signed_on"), today):
        return Standing.NOT_BY_NHS
    begins = starts(agreement)
    return Standing.LATER if begins is not None and begins > today else Standing.IN_FORCE


def is_signed(agreement: Record, today: date) -> bool:
    """Whether the person's side has signed: somebody by name, on a day that has come."""
    return bool(agreement.text("signed_by").strip()) and dates.is_due(agreement.text("signed_on"), today)


def is_fixed(agreement: Record, field: str, today: date) -> bool:
    """Whether a field is what was signed, and stays so: only another agreement, signed anew, says it otherwise."""
    if not is_signed(agreement, today) or field in LATER or field == _ERROR_REASON:
        return False
    return field != "signed_role" or bool(agreement.text(field).strip())


def fixed(agreement: Record, values: Mapping[str, Value], today: date) -> list[str]:
    """The fields among values that would change what was signed; empty when nothing would.

    To mark the whole record as entered in error, with the reason, and to put it back, is possible.
    """
    is_back = values.get(REMOVED) != YES or bool(values.get(_ERROR_REASON))
    return [
        name
        for name, value in values.items()
        if (value or None) != (agreement.fields.get(name) or None)
        and is_fixed(agreement, name, today)
        and not (name == REMOVED and is_back)
    ]


def anew(agreement: Record) -> dict[str, Value]:
    """What another agreement that takes the place of a signed one begins with.

    All of it but the signatures, its end, and what whoever holds the money agreed to and showed: that was for the one
    before, and perhaps somebody else.
    """
    without = {*SIGNATURES, *LATER, REMOVED, _ERROR_REASON}
    mine = {name: value for name, value in agreement.fields.items() if name not in without}
    return {**mine, REPLACES: agreement.record_id}


def impossible(agreement: Record, field: str) -> set[str]:
    """What cannot be chosen in a field of an agreement of its kind; what was chosen before stays to be seen."""
    kind = agreement.text("kind") or DIRECT_PAYMENT
    if field == "account" and kind in ACCOUNTS:
        every = set().union(*ACCOUNTS.values())
        return every - ACCOUNTS[kind] - {agreement.text("account")}
    if field == "read":
        return {code for code in EXPLAINED_TO_NOBODY.get(kind, ()) if agreement.text(f"read:{code}") != YES}
    return set()


def is_close(contact: Record) -> bool:
    """Whether somebody is close family, lives in the same home, or is a friend who helps with the care."""
    relationship, is_carer = contact.text("relationship"), contact.text("is_carer") == YES
    return relationship in _CLOSE or contact.text("same_home") == YES or (relationship == "friend" and is_carer)


def problems(agreement: Record, person: Record, holder: Record | None, lacks: str, today: date) -> list[Problem]:
    """What stands against an agreement; none of it keeps anybody from writing it down.

    Args:
        agreement: The agreement.
        person: The person.
        holder: The contact who holds the money for them; None where none is chosen.
        lacks: The id of an assessment by which the person lacks capacity for a direct payment; "" for none.
        today: A signature after it has not been given.
    """
    found = list(_of_dates(agreement))
    if (agreement.text("kind") or DIRECT_PAYMENT) not in PAID:
        return found
    found += [problem for problem in (_of_holder(agreement, person, lacks, today),) if problem]
    if agreement.text("holder") in OTHERS and dates.is_due(agreement.text("signed_on"), today):
        found += _of_other_holder(agreement, holder, today)
    return [*found, *_of_account(agreement)]


def _of_dates(agreement: Record) -> Iterable[Problem]:
    first, last = dates.first_day(agreement.text("start_date")), dates.last_day(agreement.text("end_date"))
    if first is not None and last is not None and last < first:
        yield Problem("end_date", _("It ends before it starts. Check the two dates."))


def _of_holder(agreement: Record, person: Record, lacks: str, today: date) -> Problem | None:
    born, holder = dates.first_day(person.text("date_of_birth")), agreement.text("holder")
    is_child = born is not None and dates.add_months(born, _SIXTEEN) > today
    if holder == PERSON and is_child:
        return Problem("holder", _("The person is under 16. A representative holds the money for them."))
    if holder == PERSON and lacks:
        words = _("The person was found to lack capacity for this. A representative holds the money for them.")
        return Problem("holder", words, lacks)
    if holder == REPRESENTATIVE and born is not None and not is_child and not lacks:
        words = _(
            "A representative is for someone under 16, or without capacity for it. "
            "Someone whom the person chooses is a nominee."
        )
        return Problem("holder", words)
    return None


def _of_other_holder(agreement: Record, holder: Record | None, today: date) -> Iterable[Problem]:
    if holder is None:
        yield Problem("holder_id", _("Choose who holds the money for the person."))
    if not dates.is_due(agreement.text("holder_agreed_on"), today):
        yield Problem("holder_agreed_on", _("Whoever holds the money for someone agrees to it too. Write when."))
    if holder is not None and not is_close(holder) and not dates.is_due(agreement.text("holder_checked_on"), today):
        words = _("They are not close family. Ask your local policy whether a DBS check has to be seen first.")
        yield Problem("holder_checked_on", words)


def _of_account(agreement: Record) -> Iterable[Problem]:
    kind, account = agreement.text("kind") or DIRECT_PAYMENT, agreement.text("account")
    if account and kind in ACCOUNTS and account not in ACCOUNTS[kind]:
        yield Problem("account", _("This sort of account does not fit what was agreed. Choose another."))
    if account == "prepaid_card" and agreement.text("card_chosen") == "no":
        yield Problem("card_chosen", _("A prepaid card is the person's own choice. Agree on another account."))
