"""What was signed is signed: it can be read, and only what others sign, and its end, can still be written."""

from collections.abc import Mapping
from itertools import count

import pytest

from phb_tui.domain.decision.agreements import LATER, Standing
from phb_tui.domain.records.changes import FieldState, Record, RecordState, Value
from phb_tui.domain.records.record_codec import row_of
from phb_tui.errors import RuleBroken
from phb_tui.services.decision import agreements
from phb_tui.services.documents.letters import agreement_letter
from phb_tui.services.person import entered_in_error
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.store.database import transaction
from tests import received
from tests.screens.screen_harness import somebody

SIGNED: dict[str, Value] = {
    "kind": "direct_payment", "holder": "person", "terms": "March 2026", "start_date": "2026-11-01",
    "signed_by": "Annie Example", "signed_on": "2026-11-10",
}  # fmt: skip
AGREEMENT = "an-agreement"
_SEQ = count(900)


def signed(laptop: Session, **more: Value) -> Record:
    """An agreement that somebody new has signed."""
    new = record_lists.new(laptop, "agreement", somebody(laptop).record_id)
    return editing.save(laptop, new, {**SIGNED, **more})


@pytest.mark.parametrize(
    ("name", "value"), [("kind", "third_party"), ("terms", ""), ("signed_by", ""), ("start_date", "2026-11-02"),
                        ("read:repay", "yes"), ("removed", "yes")],
)  # fmt: skip
def test_what_was_signed_cannot_be_changed(session: Session, name: str, value: str) -> None:
    """No field but those of others' signatures and the end is written any more, and the agreement is not removed."""
    agreement = signed(session)
    with pytest.raises(RuleBroken, match="sign anew"):
        editing.save(session, agreement, {name: value})
    assert editing.read(session, "agreement", agreement.record_id, agreement.person_id).fields == agreement.fields


def test_what_others_sign_and_the_end_can_still_be_written(session: Session) -> None:
    """The signature of the NHS, of who manages it, and the last day are added to a signed agreement."""
    agreement = signed(session)
    for name in sorted(LATER):
        agreement = editing.save(session, agreement, {name: "Ann" if name.endswith("by") else "2026-11-20"})
    assert {agreement.text(name) for name in LATER} == {"Ann", "2026-11-20"}


def test_a_signature_that_is_not_given_yet_fixes_nothing(session: Session) -> None:
    """Without a name, or with a day to come, the agreement can be changed."""
    for more in ({"signed_by": ""}, {"signed_on": "2027-01-01"}):
        assert editing.save(session, signed(session, **more), {"kind": "notional"}).text("kind") == "notional"


def test_a_signed_agreement_of_another_person_is_marked_as_entered_in_error(session: Session) -> None:
    """With a reason it can be taken off the list, and put back."""
    gone = entered_in_error.mark(session, signed(session), "It belongs to somebody else")
    assert not record_lists.is_listed(gone)
    assert record_lists.is_listed(entered_in_error.restore(session, gone))


def test_one_that_is_signed_anew_takes_the_place_of_the_old_one(session: Session) -> None:
    """It begins with the same words without signatures; the old one counts until both sides signed the new one."""
    old = signed(session, nhs_signed_by="Sam Brown", nhs_signed_on="2026-11-11")
    person_id = old.person_id or ""
    new = agreements.sign_anew(session, old)
    assert (new.text("terms"), new.text("signed_by"), new.text("nhs_signed_on")) == ("March 2026", "", "")
    new = editing.save(session, new, {"kind": "notional", "start_date": "2026-10-20"})
    both = dict(zip(("signed_by", "signed_on", "nhs_signed_by"), ("Annie Example", "2026-11-20", "Sam"), strict=True))
    new = editing.save(session, new, both)
    standings = {each.record_id: standing for each, standing in agreements.listed(session, person_id)}
    assert standings == {old.record_id: Standing.IN_FORCE, new.record_id: Standing.NOT_BY_NHS}
    editing.save(session, new, {"nhs_signed_on": "2026-11-20"})
    standings = {each.record_id: standing for each, standing in agreements.listed(session, person_id)}
    assert standings == {old.record_id: Standing.REPLACED, new.record_id: Standing.IN_FORCE}
    assert agreements.summary(session, new)[0] == "It takes the place of the one that was signed on 10 November 2026."


def came(laptop: Session, person_id: str, held: dict[str, FieldState], at: str, values: Mapping[str, Value]) -> Record:
    """An agreement as central sends it after somebody else wrote in it."""
    seq = next(_SEQ)
    held |= {name: FieldState(value, seq, "other", seq, "sam", at) for name, value in values.items()}
    state = RecordState(laptop.team_id, "agreement", AGREEMENT, person_id, seq, dict(held))
    with transaction(laptop.store.db):
        received.apply_rows(laptop.store.db, [row_of(state)], laptop.team_id)
    return editing.read(laptop, "agreement", AGREEMENT, person_id)


def test_a_change_from_another_laptop_after_the_signature_is_shown_with_a_mark(session: Session) -> None:
    """What came by an exchange is shown as it is, and a sentence says what was changed after the signature."""
    person_id, held = somebody(session).record_id, dict[str, FieldState]()
    agreement = came(session, person_id, held, "2026-11-10T09:00:00.000Z", SIGNED)
    assert agreements.changed_words(session, agreement) == ""
    by_nhs = came(session, person_id, held, "2026-11-11T09:00:00.000Z", {"nhs_signed_by": "Sam Brown"})
    assert agreements.changed_words(session, by_nhs) == ""
    changed = came(session, person_id, held, "2026-11-12T09:00:00.000Z", {"kind": "third_party"})
    assert changed.text("kind") == "third_party"
    assert agreements.changed_words(session, changed).startswith("Changed after it was signed: What was agreed.")
    warning = agreement_letter.document(session, changed).warning
    assert "Changed after it was signed: What was agreed. Ask us what was signed." in warning
    assert "F4" not in warning


def test_signed_anew_nothing_is_taken_over_that_was_given_for_the_one_before(session: Session) -> None:
    """The end, and what whoever holds the money agreed to and showed, are asked again; what ended can begin anew."""
    given = dict.fromkeys(sorted(LATER), "2026-11-12")
    agreement = signed(session, **{**given, "nhs_signed_by": "Lee"})
    new = agreements.sign_anew(session, agreement)
    assert {name: new.text(name) for name in LATER} == dict.fromkeys(LATER, "")
    assert new.text("terms") == agreement.text("terms") == "March 2026"
    today = session.today.isoformat()
    both = {"signed_by": "Annie Example", "signed_on": today, "nhs_signed_by": "Lee", "nhs_signed_on": today}
    new = editing.save(session, new, both)
    found = {each.record_id: standing for each, standing in agreements.listed(session, agreement.person_id or "")}
    assert found == {new.record_id: Standing.IN_FORCE, agreement.record_id: Standing.ENDED}
