"""Killing the app while it makes payments, and while one is marked as paid."""

from pathlib import Path

from phb_tui.domain.records.changes import Record
from phb_tui.services.payments import due, making
from phb_tui.services.payments.approvals import PAYMENT
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session
from phb_tui.store import change_log
from tests import killed
from tests.screens.screen_harness import somebody, unlocked_laptop
from tests.services.decision.samples import set_policy, set_staff
from tests.services.payments.paid_budgets import approved, paying

pytestmark = killed.NEEDS_FORK


def payments(session: Session, person_id: str) -> list[Record]:
    """The payments that were made."""
    return record_lists.of(session, PAYMENT, person_id)


def changes(session: Session, found: list[Record]) -> list[int]:
    """How many changes each record has that central has not taken."""
    db = session.store.db
    assert change_log.verify(db, session.team_id) == 0
    return [len(change_log.pending_of_record(db, session.team_id, each.record_id)) for each in found]


def test_a_kill_while_payments_are_made_loses_none_and_doubles_none(tmp_path: Path) -> None:
    """Killed before its commit, a payment run has made nothing; after it, all; and another run makes each once."""
    with unlocked_laptop(tmp_path / "laptop") as session:
        set_staff(session)
        set_policy(session)
        person_id = somebody(session).record_id
        version = approved(session, person_id).record_id
    doing = killed.killable(tmp_path / "laptop", lambda laptop: making.make(laptop, person_id, version), tmp_path)
    for moment in doing.moments:
        data = tmp_path / str(moment)
        killed.kill(doing, moment, data)
        with killed.opened(data) as session:
            made = len(payments(session, person_id))
            assert bool(made) is (moment > doing.commits)
            again = making.make(session, person_id, version)
            found = payments(session, person_id)
            assert (len(found), made * again) == (made + again, 0)
            assert len(found) > 13, "a year of instalments, and what is paid once"
            assert changes(session, found) == [1] * len(found)


def test_a_kill_while_a_payment_is_marked_as_paid_pays_it_once(tmp_path: Path) -> None:
    """Killed before its commit, a payment is still to be paid; after it, it was paid, on that day, with its amount."""
    with unlocked_laptop(tmp_path / "laptop") as session:
        set_staff(session)
        set_policy(session)
        person_id = somebody(session).record_id
        paying(session, person_id)

    def pay(laptop: Session) -> None:
        first = next(each for each in due.of_person(laptop, person_id).payments if not each.record.text("paid_on"))
        due.mark_paid(laptop, first)

    doing = killed.killable(tmp_path / "laptop", pay, tmp_path)
    for moment in doing.moments:
        data = tmp_path / str(moment)
        killed.kill(doing, moment, data)
        with killed.opened(data) as session:
            paid = [each for each in payments(session, person_id) if each.text("paid_on")]
            assert len(paid) == (moment > doing.commits)
            assert all(each.text("paid") for each in paid), "a day without an amount"
            pay(session)
            paid = [each for each in payments(session, person_id) if each.text("paid_on") and each.text("paid")]
            assert len(paid) == 1 + (moment > doing.commits)
