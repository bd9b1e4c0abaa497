"""Asking, deciding and what was decided, on the screens."""

import pytest
from textual.widgets import Button

from phb_tui.content import sections
from phb_tui.domain.records.changes import Record
from phb_tui.screens.decision.ask import AskScreen
from phb_tui.screens.decision.ask_else import AskElseScreen
from phb_tui.screens.decision.decide import DecideScreen
from phb_tui.screens.decision.decision_page import DecisionPageScreen
from phb_tui.screens.decision.decisions import DecisionsScreen
from phb_tui.screens.lists.line_list import LineList
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.person.section import SectionScreen
from phb_tui.services.budget import versions
from phb_tui.services.decision import deciding, standing
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.store import local_writes
from tests.screens.screen_harness import (
    SIZES,
    app_of,
    choose,
    lines,
    opened_screen,
    painted,
    shown,
    somebody,
    type_in,
    words_painted,
)
from tests.services.decision.samples import (
    AGREED,
    LEAD,
    ME,
    OTHER,
    POLICY,
    agreed_plan,
    confirm,
    decision_about,
    kept_version,
    refuse,
    request_for,
    set_policy,
)

pytestmark = pytest.mark.anyio
OWN = {**POLICY, "self": [{"role": "nurse advisor", "nature": "one_off", "first": 150000}], "tiers": []}


def asked(laptop: Session, person_id: str, **values: str) -> Record:
    """A request that whoever uses this laptop may decide."""
    set_policy(laptop, OWN)
    return request_for(laptop, kept_version(laptop, person_id), to=ME, **values)


async def test_a_small_one_off_is_asked_and_decided_in_one_go(laptop: Session, person_id: str) -> None:
    """Who may decide what they built chooses themselves, asks, and stands before the decision; a warning stops once."""
    set_policy(laptop, OWN)
    kept_version(laptop, person_id)
    agreed_plan(laptop, person_id)
    async with opened_screen(laptop, AskScreen(person_id)) as pilot:
        assert "Version 1 of the budget: \N{POUND SIGN}1,008.83 in all" in shown(pilot, "#what")
        await type_in(pilot, "wish", "A gym")
        await pilot.press("tab", "1")
        await pilot.pause()
        assert lines(pilot, "#field-to")[0].startswith("( ) 1  Ada Okafor, nurse advisor")
        assert lines(pilot, "#field-to")[1].startswith("(•) 2  Sam Brown, nurse advisor")
        pilot.app.screen.query_one("#field-to").focus()
        await pilot.press("1")
        pilot.app.screen.query_one("#ask", Button).press()
        await pilot.pause()
        assert lines(pilot, "#problem-list") == [
            "Nothing is ticked as looked at. Tick what was looked at, or choose Ask once more."
        ]
        pilot.app.screen.query_one("#ask", Button).press()
        await pilot.pause()
        assert isinstance(pilot.app.screen, DecideScreen)
        await pilot.press("1")
        await type_in(pilot, "reasons", "Yes")
        pilot.app.screen.query_one("#decide", Button).press()
        await pilot.pause()
        assert isinstance(pilot.app.screen, DecisionsScreen)
        assert "tell Rhys that it still has to be confirmed, and do not pay before." in shown(pilot, "#how-far")
        assert any("not confirmed yet" in line for line in lines(pilot, "#decisions"))
        (there,) = standing.of_person(laptop, person_id)
        assert (there.outcome, there.request.text("wish")) == ("approved", "A gym")
        confirm(laptop, *there.decisions)
        pilot.app.screen.reload()
        assert any("confirmed" in line for line in lines(pilot, "#decisions"))
        assert shown(pilot, "#how-far") == ""


async def test_what_stands_against_asking_leads_to_where_it_is_mended(laptop: Session, person_id: str) -> None:
    """Ask writes nothing, names each stop, and a line opens the screen on which a version is kept."""
    kept_version(laptop, person_id, purpose="indicative")
    async with opened_screen(laptop, AskScreen(person_id)) as pilot:
        pilot.app.screen.query_one("#ask", Button).press()
        await pilot.pause()
        said = lines(pilot, "#problem-list")
        assert "No version of the budget is kept to be decided about. Keep one first." in said
        assert standing.of_person(laptop, person_id) == []
        await choose(pilot, "#against", "! No version")
        assert type(pilot.app.screen).__name__ == "KeepVersionScreen"


async def test_who_decides_reads_first_that_it_is_urgent(laptop: Session, person_id: str) -> None:
    """It stands above everything else of the request, and the promised day has its weekday."""
    request = asked(laptop, person_id, urgent="yes", promised_by="2026-11-28")
    async with opened_screen(laptop, DecideScreen(person_id, request.record_id)) as pilot:
        assert shown(pilot, "#what").splitlines()[0] == "! Urgent"
        assert "Answer promised by Saturday 28 November 2026" in shown(pilot, "#what")


async def test_nothing_is_decided_before_decide_and_the_words_stay(laptop: Session, person_id: str) -> None:
    """The answer is not kept before; the words are, as a draft while one types and in a record without an outcome."""
    request = asked(laptop, person_id)
    async with opened_screen(laptop, DecideScreen(person_id, request.record_id)) as pilot:
        await pilot.press("4")
        await type_in(pilot, "reasons", "No")
        app_of(pilot).autosaver.save_draft()
        drafts = local_writes.drafts(laptop.store.db, laptop.device_id)
        begun = deciding.draft(laptop, standing.of(laptop, request))
        assert {(each.record_id, *each.fields) for each in drafts} >= {(begun.record_id, "reasons")}
        assert any(each.fields.get("request_id") == request.record_id for each in drafts)
        pilot.app.screen.query_one("#decide", Button).press()
        await pilot.pause()
        assert lines(pilot, "#problem-list") == ["Write what else could reach the same goal."]
        there = standing.of(laptop, request)
        kept = deciding.draft(laptop, there)
        assert (there.decisions, kept.text("reasons"), kept.text("outcome")) == ((), "No", "")


async def test_why_one_may_not_decide_stands_at_the_answer(laptop: Session, person_id: str) -> None:
    """Whoever built it may put it off or pass it on, and reads why not to say yes."""
    version = kept_version(laptop, person_id)
    set_policy(laptop, {**POLICY, "self": []})
    request = request_for(laptop, version)
    async with opened_screen(laptop, DecideScreen(person_id, request.record_id)) as pilot:
        assert shown(pilot, "#may-not") == ""
        await pilot.press("1")
        await pilot.pause()
        assert shown(pilot, "#may-not") == "You built this budget or asked for it, so someone else decides."
        await pilot.press("6")
        await pilot.pause()
        assert shown(pilot, "#may-not") == ""
        assert lines(pilot, "#field-to")[0].startswith("( ) 1  Ann Invented, team lead")


async def test_a_decision_that_was_not_taken_stands_at_the_top_and_leads_on(laptop: Session, person_id: str) -> None:
    """The head says that it is not valid and why; its words are taken into the next decision, which ends it."""
    request = asked(laptop, person_id)
    decision = decision_about(laptop, request, reasons="It fits.", decided_on="2026-11-22")
    telling = record_lists.new(laptop, "telling", person_id)
    editing.save(laptop, telling, {"request_id": request.record_id, "told_on": "2026-11-23"})
    refuse(laptop, decision, "The risk is high, so the panel decides this.")
    async with opened_screen(laptop, DecisionsScreen(person_id)) as pilot:
        said = (
            "The team server did not take the decision of 22 November 2026. "
            "The risk is high, so the panel decides this. It is not valid."
        )
        assert said in words_painted(pilot)
        assert "They were told already: tell them that it is not valid." in lines(pilot, "#decisions")
        app_of(pilot).action_family()
        await pilot.pause()
        assert "risk is high" not in words_painted(pilot)
        assert "It is not valid." in words_painted(pilot)
        app_of(pilot).action_family()
        await pilot.pause()
        await choose(pilot, "#decisions", "Decide again")
        assert isinstance(pilot.app.screen, DecideScreen)
        assert "It fits." in painted(pilot)
        await pilot.press("1")
        pilot.app.screen.query_one("#decide", Button).press()
        await pilot.pause()
        assert "did not take" not in words_painted(pilot)
    assert standing.kept_aside(laptop, person_id) == []


async def test_what_the_team_learns_is_not_for_the_family(laptop: Session, person_id: str) -> None:
    """The note for the log is left out of the page, and beside the list, while the family may be reading."""
    request = asked(laptop, person_id)
    decision_about(laptop, request, learning="Slow paperwork")
    for screen in (DecisionPageScreen(person_id, request.record_id), DecisionsScreen(person_id)):
        async with opened_screen(laptop, screen, (160, 48)) as pilot:
            assert "Slow paperwork" in painted(pilot)
            app_of(pilot).action_family()
            await pilot.pause()
            assert "Slow paperwork" not in painted(pilot)
            assert "It fits the plan." in painted(pilot)


async def test_what_is_decided_is_read_and_not_decided_again(laptop: Session, person_id: str) -> None:
    """The answer stands there, and no field or button takes another one."""
    request = asked(laptop, person_id)
    decision_about(laptop, request)
    async with opened_screen(laptop, DecideScreen(person_id, request.record_id)) as pilot:
        assert "Yes: Ann Invented" in shown(pilot, "#what")
        assert not pilot.app.screen.query_one("#page").display
        assert pilot.app.focused is pilot.app.screen.query_one("#more")


async def test_after_yes_to_a_part_the_budget_is_worked_out_again(laptop: Session, person_id: str) -> None:
    """No figures say which part it is, so a line leads to the budget, and nothing there speaks of paying."""
    request = asked(laptop, person_id)
    decision_about(laptop, request, outcome="part", alternatives="The council's pool.")
    async with opened_screen(laptop, DecisionsScreen(person_id)) as pilot:
        assert "pay" not in shown(pilot, "#how-far")
        await choose(pilot, "#decisions", "Work out the part")
        assert type(pilot.app.screen).__name__ == "BudgetScreen"


async def test_somebody_else_is_asked_while_it_waits(laptop: Session, person_id: str) -> None:
    """Who may decide is listed, and one key asks them."""
    request = request_for(laptop, kept_version(laptop, person_id), to=LEAD)
    async with opened_screen(laptop, AskElseScreen(person_id, request.record_id)) as pilot:
        assert shown(pilot, "#what") == "Waits for Ann Invented."
        await choose(pilot, "#others", "Sam Brown")
    assert [there.to for there in standing.of_person(laptop, person_id)] == [OTHER]


@pytest.mark.parametrize("size", SIZES)
async def test_no_amount_is_cut_at_any_size(laptop: Session, size: tuple[int, int]) -> None:
    """The amounts of what is asked and decided are whole in every window."""
    person = somebody(laptop, given_name="Annabel-Rose", family_name="Exampleton-Invented")
    request = asked(laptop, person.record_id)
    for screen in (AskScreen(person.record_id), DecideScreen(person.record_id, request.record_id),
                   DecisionsScreen(person.record_id)):  # fmt: skip
        async with opened_screen(laptop, screen, size) as pilot:
            assert "\N{POUND SIGN}1,008.83 in all" in words_painted(pilot)


async def test_the_persons_page_leads_to_a_decision_that_came(laptop: Session, person_id: str) -> None:
    """It says that it came and whom to tell, leads to that decision, and the step says the same until it is told."""
    request = request_for(laptop, kept_version(laptop, person_id))
    decision = decision_about(laptop, request, outcome="declined", decided_on="2026-11-22")
    confirm(laptop, decision)
    async with opened_screen(laptop, PersonOverviewScreen(person_id)) as pilot:
        await choose(pilot, "#tasks", "! A decision came: tell Rhys")
        listed = pilot.app.screen.query_one("#decisions", LineList)
        assert listed.highlighted_option is not None
        assert listed.highlighted_option.id == f"decision:{request.record_id}:{decision.record_id}"
    async with opened_screen(laptop, SectionScreen(person_id, sections.section("step-5"))) as pilot:
        assert "What was asked and decided  ! tell Rhys" in lines(pilot, "#parts")
    telling = record_lists.new(laptop, "telling", person_id)
    editing.save(laptop, telling, {"request_id": request.record_id, "told_on": "today"})
    async with opened_screen(laptop, PersonOverviewScreen(person_id)) as pilot:
        assert not any("tell Rhys" in line for line in lines(pilot, "#tasks"))
    async with opened_screen(laptop, SectionScreen(person_id, sections.section("step-5"))) as pilot:
        assert "What was asked and decided  ● decided: No" in lines(pilot, "#parts")


async def test_a_step_with_a_budget_or_a_request_has_begun(laptop: Session, person_id: str) -> None:
    """Steps 3 and 5 are begun by their records and not by statements alone; a task from a visit begins none."""
    editing.save(laptop, record_lists.new(laptop, "task", person_id), {"what": "Ring"})
    async with opened_screen(laptop, PersonOverviewScreen(person_id)) as pilot:
        assert all("Not started" in line for line in lines(pilot, "#steps"))
    request_for(laptop, kept_version(laptop, person_id), to=LEAD, promised_by="2026-11-28")
    async with opened_screen(laptop, PersonOverviewScreen(person_id)) as pilot:
        begun = [number for number, line in enumerate(lines(pilot, "#steps"), 1) if "Not started" not in line]
        assert begun == [3, 5]
    async with opened_screen(laptop, SectionScreen(person_id, sections.section("step-5"))) as pilot:
        waits = "◐ waits for Ann Invented until Sat 28 Nov 2026"
        assert f"What was asked and decided  {waits}" in lines(pilot, "#parts")
    cost = record_lists.of(laptop, "cost", person_id)[0]
    editing.save(laptop, cost, {"price": "481.00"})
    budget = record_lists.of(laptop, "budget", person_id)[0]
    draft = editing.save(laptop, versions.being_kept(laptop, budget), {"budget_id": budget.record_id, **AGREED})
    versions.keep(laptop, versions.candidate(laptop, budget), draft)
    async with opened_screen(laptop, SectionScreen(person_id, sections.section("step-5"))) as pilot:
        newer = "! There is a newer version: ask about it"
        assert f"What was asked and decided  {newer}" in lines(pilot, "#parts")


async def test_a_telling_without_a_day_is_marked_in_the_list(laptop: Session, person_id: str) -> None:
    """One answer and Esc is no telling: the line says that its day is missing."""
    request = asked(laptop, person_id)
    confirm(laptop, decision_about(laptop, request))
    telling = record_lists.new(laptop, "telling", person_id)
    editing.save(laptop, telling, {"request_id": request.record_id, "told_how": "spoken"})
    async with opened_screen(laptop, DecisionsScreen(person_id)) as pilot:
        assert any(line.endswith("◐ day missing") for line in lines(pilot, "#decisions"))


async def test_an_empty_list_of_others_says_why_and_what_to_do(laptop: Session, person_id: str) -> None:
    """Without anybody else, without a policy and without the version there is a sentence each, and never only a gap."""
    request = request_for(laptop, kept_version(laptop, person_id), to=LEAD)
    alone = {**POLICY, "limits": [each for each in POLICY["limits"] if each["role"] == "team lead"], "panel": []}
    for policy, why in ((alone, "nobody else may say yes to this. Press F5"), ({}, "has no policy for money yet")):
        set_policy(laptop, policy)
        async with opened_screen(laptop, AskElseScreen(person_id, request.record_id)) as pilot:
            assert why in shown(pilot, "#what")
            assert lines(pilot, "#others") == ["Nobody to choose from"]
    set_policy(laptop)
    editing.save(laptop, request, {"version_id": "gone"})
    async with opened_screen(laptop, AskElseScreen(person_id, request.record_id)) as pilot:
        assert "cannot be read here. Sync first: press F5." in shown(pilot, "#what")
