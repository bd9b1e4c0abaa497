"""Agreeing a plan in which something is missing: each thing asks for its reason, then the plan is agreed."""

import pytest

from phb_tui.domain.records.changes import Record, Value
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.plan.agree import AgreeScreen
from phb_tui.screens.plan.missing_item import MissingItemScreen
from phb_tui.screens.sync.quarantine import QuarantineScreen
from phb_tui.services.plan import plan_versions
from phb_tui.services.plan.plan_versions import Severity
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.store import change_log
from phb_tui.store.database import transaction
from tests.screens.app_harness import planned
from tests.screens.screen_harness import choose, lines, opened_screen, painted, press_continue, somebody, type_words

pytestmark = pytest.mark.anyio
AGREED: dict[str, Value] = {"agreed_by": "Rhys Price", "agreed_how": "said", "agreed_on": "2026-11-20"}


@pytest.fixture
def person(session: Session) -> Record:
    """Somebody whose plan could be agreed, but for what standards expect."""
    person = somebody(session)
    planned(session, person)
    editing.save(session, plan_versions.version_being_agreed(session, person.record_id), AGREED)
    return person


async def test_the_button_asks_for_each_reason_and_then_agrees(session: Session, person: Record) -> None:
    """Each missing thing is asked about once, Enter goes to the next, and afterwards the button agrees the plan."""
    async with opened_screen(session, AgreeScreen(person.record_id, agreeing=True)) as pilot:
        await press_continue(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, MissingItemScreen)
        count = len(
            plan_versions.without_reason(
                session, person.record_id, plan_versions.version_being_agreed(session, person.record_id)
            )
        )
        for number in range(count):
            assert f"{number + 1} of {count}" in painted(pilot)
            await type_words(pilot, f"later {number}")
            await pilot.press("enter")
            await pilot.pause()
        assert isinstance(pilot.app.screen, AgreeScreen)
        assert plan_versions.versions(session, person.record_id) == []
        assert any("It can wait: later 0" in line for line in lines(pilot, "#missing"))
        await press_continue(pilot)
    (version,) = plan_versions.versions(session, person.record_id)
    reasons = [value for name, value in version.fields.items() if name.startswith(plan_versions.REASON)]
    assert len(reasons) == count


async def test_no_reason_goes_no_further(session: Session, person: Record) -> None:
    """Enter in an empty field says what to do and stays; the way to fill it in now leads to its place."""
    async with opened_screen(session, AgreeScreen(person.record_id, agreeing=True)) as pilot:
        await press_continue(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "Write why this can wait" in painted(pilot)
        assert "1 of " in painted(pilot)
        await choose(pilot, "#fill-in", "Or fill it in now")
        assert isinstance(pilot.app.screen, FormScreen)


async def test_lacking_capacity_is_named_before_agreeing(session: Session, person: Record) -> None:
    """To staff the screen names the capacity record first and opens it; to the family it says nothing of it."""
    values: dict[str, Value] = {"decision": "to agree this plan", "conclusion": "lacks", "about": "plan"}
    editing.save(session, record_lists.new(session, "capacity", person.record_id), values)
    async with opened_screen(session, AgreeScreen(person.record_id, agreeing=True)) as pilot:
        named = [line for line in lines(pilot, "#against") if line.startswith("Lacks capacity: to agree this plan")]
        assert len(named) == 1
        pilot.app.family = True  # type: ignore[attr-defined]
        pilot.app.screen.reload()  # type: ignore[attr-defined]
        await pilot.pause()
        assert not [line for line in lines(pilot, "#against") if "Lacks capacity" in line]
        pilot.app.family = False  # type: ignore[attr-defined]
        pilot.app.screen.reload()  # type: ignore[attr-defined]
        await choose(pilot, "#against", "Lacks capacity")
        screen = pilot.app.screen
        assert isinstance(screen, FormScreen)
        assert screen.record.kind == "capacity"


async def test_a_version_kept_aside_becomes_the_next_with_one_key(session: Session, person: Record) -> None:
    """What needs attention offers the version as the next one, and never shows the whole plan as code."""
    plan_versions.agree(session, person.record_id, plan_versions.version_being_agreed(session, person.record_id))
    last = change_log.count_pending(session.store.db, session.team_id)
    with transaction(session.store.db):
        aside = dict.fromkeys(range(1, last + 1), "What was agreed is never changed.")
        change_log.acknowledge(session.store.db, session.team_id, last, aside)
    async with opened_screen(session, QuarantineScreen()) as pilot:
        while "Keep it as the next version" not in lines(pilot, "#what-next"):
            await choose(pilot, "#what-next", "Mark as dealt with")
        assert '{"' not in painted(pilot)
        await choose(pilot, "#what-next", "Keep it as the next version")
    assert [version.text("number") for version in plan_versions.versions(session, person.record_id)] == ["2", "1"]


def test_only_what_standards_expect_asks_for_a_reason(session: Session, person: Record) -> None:
    """What stops the plan has no reason that lets it pass, and a reminder needs none."""
    asked = plan_versions.without_reason(
        session, person.record_id, plan_versions.version_being_agreed(session, person.record_id)
    )
    assert {item.rule.standing for item in asked} == {Severity.EXPECTED}
