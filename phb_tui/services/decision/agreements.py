"""A person's agreements about the money: which is in force, and each in sentences that the person can read."""

from collections.abc import Iterator

from phb_tui.content import forms
from phb_tui.domain.budget.amounts.figures import read_count
from phb_tui.domain.calendar import dates
from phb_tui.domain.decision import agreements as rules
from phb_tui.domain.decision.agreements import Standing
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _, n_
from phb_tui.services.records import agreement_parts, editing, record_lists
from phb_tui.services.session import Session

KIND = "agreement"
STANDINGS = {
    Standing.IN_FORCE: N_("In force"),
    Standing.LATER: N_("Begins later"),
    Standing.NOT_BY_NHS: N_("Not signed by the NHS yet"),
    Standing.NOT_SIGNED: N_("Not signed yet"),
    Standing.REPLACED: N_("A newer one is in force"),
    Standing.ENDED: N_("Ended"),
}
"""How an agreement stands, as messages to be looked up, in the order in which agreements are listed."""

_PAID = {
    "direct_payment": N_("The money is paid to you as a direct payment."),
    "managed_account": N_("The money is a direct payment, and someone manages the account for you."),
    "third_party": N_("The money is paid to an organisation that manages it for you."),
    "notional": N_("The NHS keeps the money and arranges the care in your plan."),
    "one_off": N_("The money is paid to you once, for what is in your plan."),
}
_PAID_TO_ANOTHER = {
    "direct_payment": N_("The money is paid out as a direct payment."),
    "one_off": N_("The money is paid once, for what is in your plan."),
}
"""The same where it is not the person who holds the money."""
_ACCOUNT = {
    "own_separate": N_("It goes to a bank account of its own."),
    "shared_with_social_care": N_("It goes to the account that your social care payments go to."),
    "managed": N_("You need no bank account of your own for it."),
    "prepaid_card": N_("It goes to a prepaid card."),
    "one_off_existing": N_("It goes to your usual account, once."),
}
_EXPLAINED = {
    "use_only_for_plan": N_("The money is for what is in your plan."),
    "records": N_("Keep records of what is paid for."),
    "tell_changes": N_("Tell us when something changes."),
    "employer_duties": N_("Whoever employs an assistant has the duties of an employer."),
    "insurance": N_("Whoever employs an assistant needs insurance."),
    "repay": N_("Sometimes money has to be paid back. The agreement says when."),
    "notice": N_("You and we can both end it. The agreement says how."),
    "not_for": N_("There are things that the money may not pay for."),
    "review": N_("We review it together. The agreement says when."),
    "complaint": N_("You can complain, and someone independent can help you."),
}


def listed(session: Session, person_id: str) -> list[tuple[Record, Standing]]:
    """A person's agreements, each with how it stands today: the one in force first, those that ended last."""
    found = record_lists.of(session, KIND, person_id)
    standings, order = rules.standings(found, session.today), list(STANDINGS)
    by_day = sorted(found, key=lambda each: (dates.sort_key(each.text("start_date")), each.record_id), reverse=True)
    return [
        (each, standings[each.record_id])
        for each in sorted(by_day, key=lambda each: order.index(standings[each.record_id]))
    ]


def in_force(session: Session, person_id: str) -> Record | None:
    """The agreement that counts today; None for none."""
    return rules.in_force(record_lists.of(session, KIND, person_id), session.today)


def sign_anew(session: Session, agreement: Record) -> Record:
    """Make an agreement with the same words, not signed yet, that takes the place of a signed one once it is.

    Raises:
        NotSaved: The disk refuses; nothing was made.
    """
    new = record_lists.new(session, KIND, agreement.person_id or "")
    return editing.save(session, new, rules.anew(agreement))


def changed_since(session: Session, agreement: Record) -> list[str]:
    """The fields that somebody changed after the person's side signed, on a laptop that did not stop it."""
    by, on = (editing.history(session, agreement, name) for name in ("signed_by", "signed_on"))
    signed = [
        min((each.at for each in by if each.value), default=""),
        min((each.at for each in on if dates.first_day(str(each.value or "")) is not None), default=""),
    ]
    if not all(signed):
        return []
    found = []
    for name in sorted(set(forms.form(KIND).by_name) - rules.LATER):
        then = next((each.value for each in editing.history(session, agreement, name) if each.at <= max(signed)), None)
        now = agreement.fields.get(name)
        if (then or None) != (now or None) and (then or name != "signed_role"):
            found.append(name)
    return found


def changed_labels(session: Session, agreement: Record) -> list[str]:
    """What the fields are called that somebody changed after the signature, each once."""
    return list(dict.fromkeys(forms.printed_label(KIND, name) for name in changed_since(session, agreement)))


def changed_words(session: Session, agreement: Record) -> str:
    """What was changed after the signature, in a sentence for staff; "" where nothing was."""
    labels = changed_labels(session, agreement)
    if not labels:
        return ""
    return _("Changed after it was signed: {what}. F4 shows what was signed. Sign anew, or restore it.").format(
        what="; ".join(labels)
    )


def summary(session: Session, agreement: Record) -> list[str]:
    """What an agreement says, in sentences to the person; one for each thing that is written down."""
    return [sentence for sentence in _sentences(session, agreement_parts.fitting(agreement)) if sentence]


def _sentences(session: Session, agreement: Record) -> Iterator[str]:
    yield _anew_of(session, agreement)
    kind = agreement.text("kind") or rules.DIRECT_PAYMENT
    paid = {**_PAID, **_PAID_TO_ANOTHER} if agreement.text("holder") in rules.OTHERS else _PAID
    yield _(paid[kind]) if kind in paid else record_lists.display(session, agreement, "kind")
    yield from _from_and_until(agreement)
    if kind in rules.PAID:
        yield _holder(session, agreement)
        account = agreement.text("account")
        yield _(_ACCOUNT[account]) if account in _ACCOUNT else record_lists.display(session, agreement, "account")
        if account == "prepaid_card" and agreement.text("card_chosen") == "yes":
            yield _("You chose the card yourself.")
    if name := _one_line(agreement, "managed_by"):
        yield _("{name} manages it.").format(name=name)
    codes = forms.form(KIND).by_name["read:records"].options or {}
    yield from (_(_EXPLAINED[code]) for code in codes if code in _EXPLAINED and agreement.text(f"read:{code}") == "yes")
    if years := read_count(agreement.text("keep_records_years")):
        yield n_("Records are kept for {count} year.", "Records are kept for {count} years.", years).format(count=years)
    if weeks := read_count(agreement.text("notice_weeks")):
        words = n_(
            "Either side can end it with {count} week's notice.",
            "Either side can end it with {count} weeks' notice.",
            weeks,
        )
        yield words.format(count=weeks)
    if terms := _one_line(agreement, "terms"):
        yield _("Version of the terms: {terms}.").format(terms=terms.rstrip("."))
    yield from _signatures(agreement)


def _anew_of(session: Session, agreement: Record) -> str:
    """That an agreement was signed anew, in the place of which one."""
    others = record_lists.of(session, KIND, agreement.person_id or "")
    found = next((each for each in others if each.record_id == agreement.text(rules.REPLACES)), None)
    day = dates.in_words(found.text("signed_on")) if found is not None else ""
    return _("It takes the place of the one that was signed on {day}.").format(day=day) if day else ""


def _from_and_until(agreement: Record) -> Iterator[str]:
    first, last = (dates.in_words(agreement.text(name)) for name in ("start_date", "end_date"))
    if first and last:
        yield _("It is from {first} to {last}.").format(first=first, last=last)
    elif first or last:
        yield _("It is from {day} on.").format(day=first) if first else _("It ends on {day}.").format(day=last)


def _holder(session: Session, agreement: Record) -> str:
    holder = agreement.text("holder")
    is_managed = agreement.text("kind") == rules.MANAGED
    if holder not in rules.OTHERS:
        own = who_says(holder) if is_managed else _("You hold the money yourself.")
        return own if holder == rules.PERSON else ""
    found = next((c for c in record_lists.of(session, "contact", agreement.person_id or "")
                  if c.record_id == agreement.text("holder_id")), None)  # fmt: skip
    name = _one_line(found, "name") if found is not None else ""
    if is_managed:
        return who_says(holder, name)
    name = name or _("Someone else")
    if holder == rules.NOMINEE:
        return _("{name} holds the money for you, because you chose them (a nominee).").format(name=name)
    return _("{name} holds the money for you and decides with you (a representative).").format(name=name)


def who_says(holder: str, name: str = "") -> str:
    """Who says what the money of a managed account is spent on: an organisation holds it, whoever it is paid for.

    Args:
        holder: person, representative or nominee.
        name: Who that is; "" where it is not known, and for the person.
    """
    if holder == rules.NOMINEE:
        words = _("{name} says what the money is spent on, because you chose them (a nominee).")
    elif holder == rules.REPRESENTATIVE:
        words = _("{name} says for you what the money is spent on (a representative).")
    else:
        return _("You say what the money is spent on.")
    return words.format(name=name or _("Someone else"))


def _signatures(agreement: Record) -> Iterator[str]:
    signed, by_nhs = agreement.text("signed_on"), agreement.text("nhs_signed_on")
    if signed:
        yield _signed(_("Signed by {name} on {day}."), _one_line(agreement, "signed_by"), signed)
    else:
        yield _("It is not signed yet.")
    if manager := agreement.text("managed_signed_on"):
        yield _signed(_("Signed by {name} on {day}."), _one_line(agreement, "managed_by"), manager)
    if by_nhs:
        yield _signed(_("Signed for the NHS by {name} on {day}."), _one_line(agreement, "nhs_signed_by"), by_nhs)
    elif signed:
        yield _("The NHS has not signed it yet.")


def _signed(words: str, name: str, day: str) -> str:
    return words.format(name=name or _("someone whose name is not written down"), day=dates.in_words(day))


def _one_line(record: Record, name: str) -> str:
    return " ".join(record.text(name).split())


def title(session: Session, agreement: Record) -> str:
    """What an agreement is called in a list: its kind and from when it counts."""
    kind = record_lists.display(session, agreement, "kind") or _("An agreement")
    first = dates.in_words(agreement.text("start_date") or agreement.text("signed_on"))
    return _("{what}, from {day}").format(what=kind, day=first) if first else kind
