"""The log of decisions, without names."""

from phb_tui.services.decision import decision_log
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.screen_harness import somebody
from tests.services.decision.samples import decision_about, kept_version, request_for


def test_a_decision_stands_in_the_log_without_names(laptop: Session) -> None:
    """Outcome, sort, band and what it is for stand there; words that name somebody do not, and are not searched."""
    person = somebody(laptop, given_name="Zebedee", family_name="Quill")
    carer = record_lists.new(laptop, "contact", person.record_id)
    editing.save(laptop, carer, {"name": "Marmaduke"})
    request = request_for(laptop, kept_version(laptop, person.record_id), wish="I want to swim with marmaduke.")
    decision_about(
        laptop, request, outcome="declined", value=100883, measure="first",
        reasons="It was asked for before the plan was ready.", learning="Tell zebedee's nurse to ask later.",
    )  # fmt: skip
    (entry,) = decision_log.matching(decision_log.entries(laptop), "plan READY no")
    assert (entry.outcome, entry.nature, entry.band, entry.month) == (
        "No", "One-off", "up to \N{POUND SIGN}5,000.00", "2026-11",
    )  # fmt: skip
    assert "Equipment" in entry.what[0]
    assert (entry.asked, entry.learning) == ("", "")
    assert entry.why == "It was asked for before the plan was ready."
    for name in ("zebedee", "quill", "marmaduke", "1,008.83"):
        assert decision_log.matching(decision_log.entries(laptop), name) == []


def test_a_request_that_was_removed_is_in_no_log(laptop: Session, person_id: str) -> None:
    """What was entered in error teaches nothing."""
    before = len(decision_log.entries(laptop))
    request = request_for(laptop, kept_version(laptop, person_id))
    decision_about(laptop, request)
    assert len(decision_log.entries(laptop)) == before + 1
    editing.save(laptop, request, {"removed": "yes"})
    assert len(decision_log.entries(laptop)) == before
