"""The letter about an agreement: what was signed and by whom, and what each side promises."""

from collections.abc import Iterator

from phb_tui.content.forms import TICK
from phb_tui.documents.model import Block, Document, Heading, Items, Plain
from phb_tui.domain.calendar import dates
from phb_tui.domain.decision import agreements as rules
from phb_tui.domain.decision.agreements import Standing
from phb_tui.domain.records.changes import YES, Record
from phb_tui.domain.text.letters import fold
from phb_tui.i18n import N_, _, n_
from phb_tui.services.decision import agreements
from phb_tui.services.documents import if_not_agreed
from phb_tui.services.documents.letters import agreement_money
from phb_tui.services.documents.letters.letter import Letter, facts
from phb_tui.services.records import agreement_parts, record_lists
from phb_tui.services.session import Session

_MOST_DIGITS = 4
KINDS = {
    "direct_payment": N_("The NHS pays the money out. Whoever holds it buys the support with it."),
    "managed_account": N_("The NHS pays the money to an organisation, which holds it for you."),
    "third_party": N_("An organisation holds the money and arranges the support with you."),
    "notional": N_("The NHS keeps the money and arranges the support with you."),
    "one_off": N_("The NHS pays once, for what is in the plan."),
}
"""What each sort of agreement means."""
ACCOUNTS = {
    "own_separate": N_("It is paid to an account that is only for this money."),
    "shared_with_social_care": N_("It is paid to the account that is also used for social care payments."),
    "managed": N_("It is paid to an account that someone manages for you."),
    "prepaid_card": N_("It is paid to a prepaid card."),
    "one_off_existing": N_("It is paid once, to your usual account."),
}
CARD = "prepaid_card"
HOLDERS = {
    "person": N_("You hold the money yourself."),
    "representative": N_("A representative holds the money for you."),
    "nominee": N_("A nominee holds the money for you."),
}
NAMED = {
    "representative": N_("{name} holds the money for you, as your representative."),
    "nominee": N_("{name} holds the money for you, as your nominee."),
}
"""The same, of somebody who is named."""
YOUR_SIDE = {
    "use_only_for_plan": N_("The money is used only for what is in the plan."),
    "records": N_("Records are kept of what is paid for, and the NHS may see them."),
    "tell_changes": N_("The NHS is told when something changes."),
    "employer_duties": N_("Whoever employs someone does what the law asks of an employer."),
    "insurance": N_("There is insurance before anybody starts to work."),
    "not_for": N_("The money is not used for what it may not pay for. What that is was explained."),
}
"""What the person's side promises, by what was read and explained."""
OUR_SIDE = {
    "repay": N_("The NHS talks with you before any money has to be paid back."),
    "notice": N_("The NHS writes to you and says why before it ends this agreement."),
    "review": N_("The NHS looks at the plan and the money with you again."),
    "complaint": N_("The NHS listens when you complain, and tells you what comes of it."),
}
"""What the NHS promises."""


def document(session: Session, agreement: Record) -> Document:
    """The letter about an agreement.

    Raises:
        UnknownRecord: The person is not on this laptop, or not any more.
    """
    letter = Letter(session, agreement.person_id or "")
    warning, agreement = _warning(letter, agreement), agreement_parts.fitting(agreement)
    is_told = bool(letter.words(record_lists.single(session, "local", None), "complaint"))
    blocks = [
        *_what(letter, agreement),
        *agreement_money.blocks(letter, agreement),
        *_money(letter, agreement),
        *_promises(letter, agreement, _("What your side promises"), YOUR_SIDE),
        *_promises(letter, agreement, _("What the NHS promises"), OUR_SIDE),
        *_records_and_end(letter, agreement),
        *_signed(letter, agreement),
        Heading(1, _("If something is wrong")),
        Plain(_("You can ask us about this agreement at any time: {contact}").format(contact=letter.whom_to_ask())),
        Plain(
            _("You can also complain at any time.")
            if is_told
            else _("You can also complain at any time. Ask us how to do it.")
        ),
        *if_not_agreed.blocks(session, letter.values),
    ]
    signed = letter.day(agreement, "signed_on")
    dated = _("Signed on {day}.").format(day=signed) if signed else ""
    return letter.document(_("Our agreement about the money"), dated, blocks, warning)


def _warning(letter: Letter, agreement: Record) -> str:
    """Who has not signed yet, else that it is over or has not begun; and what was changed after it was signed."""
    found = (_not_signed(letter, agreement) or _over(letter, agreement), _changed(letter, agreement))
    return "\n".join(filter(None, found))


def _over(letter: Letter, agreement: Record) -> str:
    """That it does not count any more, or not yet; "" for one that counts and for one that is not signed."""
    standings = rules.standings(letter.everything.get("agreement", ()), letter.session.today)
    match standings.get(agreement.record_id):
        case Standing.ENDED:
            return _("This agreement ended on {day}.").format(day=dates.in_full(agreement.text("end_date")))
        case Standing.REPLACED:
            return _("This agreement does not count any more: a newer one has taken its place.")
        case Standing.LATER:
            return _("This agreement counts from {day}.").format(day=dates.in_full(agreement.text("start_date")))
        case _:
            return ""


def _changed(letter: Letter, agreement: Record) -> str:
    labels = agreements.changed_labels(letter.session, agreement)
    if not labels:
        return ""
    return _("Changed after it was signed: {what}. Ask us what was signed.").format(what="; ".join(labels))


def _not_signed(letter: Letter, agreement: Record) -> str:
    missing = [
        words
        for name, words in (("", _("your side")), ("nhs_", _("the NHS")))
        if not letter.values.words(agreement, f"{name}signed_by").strip()
        or not dates.is_due(agreement.text(f"{name}signed_on"), letter.session.today)
    ]
    if not missing:
        return ""
    return _("Not signed yet by: {sides}. The agreement counts when both sides have signed.").format(
        sides=_(" and ").join(missing)
    )


def _what(letter: Letter, agreement: Record) -> Iterator[Block]:
    kind = agreement.text("kind")
    yield Heading(1, _("What was agreed"))
    yield from letter.boxes(agreement)
    yield from facts(
        (_("What it is"), letter.line(agreement, "kind") or _("not written down")),
        (_("From"), letter.day(agreement, "start_date")),
        (_("Until"), letter.day(agreement, "end_date")),
        (_("Version of the terms"), letter.line(agreement, "terms")),
    )
    if kind in KINDS and letter.words(agreement, "kind"):
        yield Plain(_(KINDS[kind]))
    if day := letter.day(letter.record("agreement", agreement.text(rules.REPLACES)), "signed_on"):
        yield Plain(_("It takes the place of the one that was signed on {day}.").format(day=day))


def _money(letter: Letter, agreement: Record) -> Iterator[Block]:
    sentences = [*_holder(letter, agreement)]
    account = agreement.text("account")
    if account in ACCOUNTS and letter.words(agreement, "account"):
        sentences.append(_(ACCOUNTS[account]))
    if account == CARD and letter.words(agreement, "card_chosen") and agreement.text("card_chosen") == YES:
        sentences.append(_("You chose the card yourself."))
    managed, by = letter.line(agreement, "managed_by"), letter.line(agreement, "account_by")
    if not (sentences or managed or by):
        return
    yield Heading(1, _("Where the money is"))
    yield from (Plain(words) for words in sentences)
    yield from facts(
        (_("Who manages it"), managed),
        (_("They signed on"), letter.day(agreement, "managed_signed_on")),
        (_("Who agreed to this account"), by),
    )


def _holder(letter: Letter, agreement: Record) -> Iterator[str]:
    holder = agreement.text("holder")
    if holder not in HOLDERS or not letter.words(agreement, "holder"):
        return
    contact = letter.record("contact", agreement.text("holder_id")) if letter.words(agreement, "holder_id") else None
    name = letter.line(contact, "name")
    if agreement.text("kind") == rules.MANAGED:
        yield agreements.who_says(holder, name)
    else:
        yield _(NAMED[holder]).format(name=name) if name and holder in NAMED else _(HOLDERS[holder])
    if holder in NAMED and (day := letter.day(agreement, "holder_agreed_on")):
        yield _("They agreed to it on {day}.").format(day=day)


def _promises(letter: Letter, agreement: Record, title: str, known: dict[str, str]) -> Iterator[Block]:
    """What one side promises: a sentence for each tick, in the order of `known`."""
    names = {code: f"read{TICK}{code}" for code in known}
    given = [
        _(known[code])
        for code, name in names.items()
        if agreement.text(name) == YES and not letter.values.is_open(agreement, name)
    ]
    if given:
        yield Heading(1, title)
        yield Items(tuple(given))


def _records_and_end(letter: Letter, agreement: Record) -> Iterator[Block]:
    years, weeks = (_count(letter, agreement, name) for name in ("keep_records_years", "notice_weeks"))
    if years is None and weeks is None:
        return
    yield Heading(1, _("How long, and how it ends"))
    if years is not None:
        words = n_("Records are kept for {count} year.", "Records are kept for {count} years.", years)
        yield Plain(words.format(count=years))
    if weeks is not None:
        words = n_(
            "Each side can end it, and says so {count} week before.",
            "Each side can end it, and says so {count} weeks before.",
            weeks,
        )
        yield Plain(words.format(count=weeks))


def _count(letter: Letter, agreement: Record, name: str) -> int | None:
    words = letter.line(agreement, name)
    return int(words) if words.isascii() and words.isdecimal() and len(words) <= _MOST_DIGITS else None


def _signed(letter: Letter, agreement: Record) -> Iterator[Block]:
    yield Heading(1, _("Who signed"))
    by, role = letter.line(agreement, "signed_by"), letter.line(agreement, "signed_role")
    nhs = letter.line(agreement, "nhs_signed_by")
    yield from facts(
        (_("For your side"), by or _("No name is written here")),
        (_("Acting as"), _("yourself") if fold(role) == fold(_("the person")) else role),
        (_("Signed on"), letter.day(agreement, "signed_on")),
    )
    yield from facts(
        (_("For the NHS"), nhs or _("No name is written here")),
        (_("Signed for the NHS on"), letter.day(agreement, "nhs_signed_on")),
    )
