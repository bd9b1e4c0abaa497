"""What is written in an agreement and does not belong to the way that was agreed."""

from dataclasses import astuple

import pytest

from phb_tui.documents.model import Heading
from phb_tui.domain.records.changes import Record, Value
from phb_tui.services.decision import agreements
from phb_tui.services.documents import plan_document
from phb_tui.services.documents.letters import agreement_letter
from phb_tui.services.records import agreement_parts, editing, record_checks, record_lists
from phb_tui.services.session import Session
from tests.screens.screen_harness import somebody

MANAGED: dict[str, Value] = {
    "kind": "managed_account", "holder": "nominee", "account": "managed", "managed_by": "Payroll Friends",
    "keep_records_years": "6", "read:employer_duties": "yes", "read:not_for": "yes",
    "signed_by": "Annie Example", "signed_on": "2026-11-10",
}  # fmt: skip
MONEY = ("Beth", "account", "Records are kept", "employs")
"""Words about who holds the money, where it is, and what follows from that."""


def anew(laptop: Session, **other: Value) -> Record:
    """The agreement that takes the place of a managed account that Beth decides about, with other values."""
    person_id = somebody(laptop).record_id
    beth = editing.save(laptop, record_lists.new(laptop, "contact", person_id), {"name": "Beth Example"})
    new = record_lists.new(laptop, "agreement", person_id)
    first = editing.save(laptop, new, {**MANAGED, "holder_id": beth.record_id})
    return editing.save(laptop, agreements.sign_anew(laptop, first), other)


def read(laptop: Session, agreement: Record) -> list[str]:
    """An agreement as the screen, the letter and the plan say it."""
    letter = agreement_letter.document(laptop, agreement)
    blocks = plan_document.plan(laptop, agreement.person_id or "").blocks
    in_plan = blocks[1 + [str(block) for block in blocks].index(str(Heading(2, "The agreement about the money")))]
    return ["\n".join(agreements.summary(laptop, agreement)), str(astuple(letter)), str(in_plan)]


@pytest.mark.parametrize(
    ("kind", "foreign"),
    [
        ("notional", MONEY),
        ("third_party", MONEY),
        ("direct_payment", ("Payroll",)),
        ("one_off", ("Payroll", "employs")),
    ],
)
def test_signed_anew_it_says_nothing_of_the_way_before(laptop: Session, kind: str, foreign: tuple[str, ...]) -> None:
    """Screen, letter and plan say what belongs to what is agreed now, and staff read what they leave out."""
    agreement = anew(laptop, kind=kind, account="" if kind != "notional" else "managed")
    for said in read(laptop, agreement):
        assert said
        assert [words for words in foreign if words in said] == []
    assert "There are things that the money may not pay for." in agreements.summary(laptop, agreement)
    left_out = [each.sentence for each in record_checks.problems(laptop, agreement) if each.field == "kind"]
    assert left_out == [agreement_parts.left_out(agreement)]
    assert left_out[0].startswith("Not part of what was agreed, so the letter leaves it out: ")


def test_what_is_left_out_is_kept(laptop: Session) -> None:
    """The words stay in the record: with the way of before they are said again, and nothing is left out."""
    agreement = anew(laptop, kind="notional")
    agreement = editing.save(laptop, agreement, {"kind": "managed_account"})
    assert "Payroll Friends manages it." in agreements.summary(laptop, agreement)
    assert agreement_parts.foreign(agreement) == []
    assert agreement_parts.fitting(agreement).fields == agreement.fields


def test_of_a_way_that_only_a_newer_version_knows_all_is_said(laptop: Session) -> None:
    """Which parts belong to it is not known here."""
    assert agreement_parts.foreign(anew(laptop, kind="new_way")) == []


@pytest.mark.parametrize("holder", ["representative", "nominee"])
@pytest.mark.parametrize("kind", ["direct_payment", "one_off"])
def test_money_that_somebody_else_holds_is_not_paid_to_the_person(laptop: Session, kind: str, holder: str) -> None:
    """The sentence about the way does not say against the next one that the person is paid."""
    said = agreements.summary(laptop, anew(laptop, kind=kind, holder=holder))
    assert any(line.startswith("Beth Example holds the money for you") for line in said)
    assert not any("paid to you" in line for line in said)
    own = agreements.summary(laptop, anew(laptop, kind=kind, holder="person"))
    assert any("paid to you" in line for line in own)
