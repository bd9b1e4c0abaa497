"""The screen that makes copies: what has to be known before one is printed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from phb_tui.app.phb_app import PhbApp
from phb_tui.documents import text
from phb_tui.screens.decision.decisions import DecisionsScreen
from phb_tui.screens.plan.copies import CopiesScreen
from phb_tui.screens.plan.preview import LetterScreen, PreviewScreen
from phb_tui.services.documents import leftover_copies
from phb_tui.services.records import editing, field_conflicts, record_lists
from phb_tui.settings import Settings
from phb_tui.system import print_folder
from tests.domain.budget import examples
from tests.screens.app_harness import agreed
from tests.screens.screen_harness import SIZES, lines, unlocked_laptop, words_painted
from tests.screens.team_harness import TwoLaptops, app_of, choose, disagree, disagreeing, opened_screen, painted, shown
from tests.services.budget.kept_budgets import keep
from tests.services.budget.kept_versions import keep_version
from tests.services.decision.samples import confirm, decision_about, kept_version, request_for

pytestmark = pytest.mark.anyio


@pytest.fixture
def both(tmp_path: Path) -> Iterator[TwoLaptops]:
    """Two laptops that do not agree about a dose."""
    with disagreeing(tmp_path) as found:
        new = record_lists.new(found.one, "contingency", found.person.record_id)
        plan = editing.save(found.one, new, {"name": "Breathing", "triggers": "Breathless"})
        disagree(found.team, found.one, found.two, plan, ("response", "40 mg", "20 mg"))
        yield found


@pytest.mark.parametrize("family", [False, True])
async def test_it_says_what_is_not_decided_before_anything_is_printed(both: TwoLaptops, *, family: bool) -> None:
    """Above the forms stands what has more than one version, also when the laptop is turned to the family."""
    async with opened_screen(both.two, CopiesScreen(both.person.record_id)) as pilot:
        app_of(pilot).family = family
        screen = pilot.app.screen
        assert isinstance(screen, CopiesScreen)
        screen.reload()
        assert "Not decided yet" in shown(pilot, "#which")
        assert "What to do (Breathing)" in shown(pilot, "#which")
        assert ("Phone" in shown(pilot, "#which")) is not family, "the person's copy has no phone of theirs"


async def test_a_copy_that_could_not_be_deleted_is_said_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an earlier phb-tui left and cannot be removed stands on the first screen, with its file."""
    left = print_folder.sentence([Path("/run/user/plan-large-1.pdf")])
    monkeypatch.setattr(leftover_copies, "remove", lambda _data: left)
    with unlocked_laptop(tmp_path):
        pass
    async with PhbApp(Settings(tmp_path)).run_test() as pilot:
        await pilot.pause()
        assert "plan-large-1.pdf" in " ".join(painted(pilot).split())


@pytest.mark.parametrize("size", SIZES)
async def test_where_the_copy_is_is_seen_without_a_key(both: TwoLaptops, size: tuple[int, int]) -> None:
    """That it is not encrypted, and its whole path, are painted in every window, also over a long list of letters."""
    session, person_id = both.one, both.person.record_id
    for number in range(12):
        new = record_lists.new(session, "agreement", person_id)
        editing.save(session, new, {"signed_on": f"2026-11-{number + 1:02}"})
    async with opened_screen(session, CopiesScreen(person_id), size) as pilot:
        for form in ("PDF, ordinary print", "Text file", "Instead: the letter"):
            await choose(pilot, "#choices", form)
            words = words_painted(pilot)
            assert "It is not encrypted, and is deleted when phb-tui locks or closes:" in words
            place = shown(pilot, "#where-it-is").splitlines()[-1]
            assert place.replace(" ", "") in words.replace(" ", "")
            await pilot.press("end")
            assert "Delete the copies now" in words_painted(pilot)


async def test_a_copy_that_stays_is_said_at_once(both: TwoLaptops, monkeypatch: pytest.MonkeyPatch) -> None:
    """When 'Delete the copies now' cannot delete one, the screen names it and goes on showing where it is."""
    async with opened_screen(both.two, CopiesScreen(both.person.record_id)) as pilot:
        await choose(pilot, "#choices", "Text file")
        with monkeypatch.context() as held:
            held.setattr(shutil, "rmtree", lambda *_args, **_options: None)
            await choose(pilot, "#choices", "Delete the copies now")
        assert "could not be deleted" in painted(pilot)
        assert "plan-standard" in shown(pilot, "#where-it-is")
        await choose(pilot, "#choices", "Delete the copies now")
        assert "plan-standard" not in shown(pilot, "#where-it-is")


async def test_which_version_is_printed_can_be_chosen(both: TwoLaptops) -> None:
    """After changes the first line offers the version as agreed, and what was printed is noted."""
    (dose,) = field_conflicts.blocking(both.one, both.person.record_id)
    field_conflicts.resolve(both.one, dose, "40 mg")
    person_id = agreed(both.one, both.person)
    async with opened_screen(both.one, CopiesScreen(person_id)) as pilot:
        assert "version 1 with what has changed since, marked" in shown(pilot, "#which")
        await choose(pilot, "#choices", "Text file")
        await choose(pilot, "#choices", "Instead: version 1 as agreed")
        assert "This will be version 1, as it was agreed." in shown(pilot, "#which")
        await choose(pilot, "#choices", "Text file")
    noted = [copy.text("version") for copy in record_lists.of(both.one, "copy_given", person_id)]
    assert noted == ["1, with changes since", "1"]


async def test_numbers_stand_on_no_screen_that_the_family_sees(both: TwoLaptops) -> None:
    """The printed copy has date of birth and NHS number; reading the plan with the laptop turned shows neither."""
    editing.save(both.one, both.person, {"nhs_number": "9990000018", "date_of_birth": "27 3 1961"})
    async with opened_screen(both.one, PreviewScreen(both.person.record_id)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, PreviewScreen)
        assert "999 000 0018" in screen.paper().who
        app_of(pilot).family = True
        assert "999 000" not in text.write(screen.paper())
        assert "1961" not in text.write(screen.paper())


async def test_the_statement_about_a_budget_is_made_here_too(both: TwoLaptops) -> None:
    """A budget is chosen instead of the plan, as it was kept or as it is written now; what was printed is noted."""
    session, person_id = both.one, both.person.record_id
    budget = keep(session, person_id, examples.c(), name="Laptop and gym")
    keep_version(session, budget, number="2")
    async with opened_screen(session, CopiesScreen(person_id, which=budget.record_id)) as pilot:
        assert "It is printed as it was kept in version 2." in shown(pilot, "#which")
        await choose(pilot, "#choices", "Text file")
        assert "budget-standard" in shown(pilot, "#where-it-is")
        await choose(pilot, "#choices", "Instead: the budget as it is written now")
        await choose(pilot, "#choices", "Text file")
        await choose(pilot, "#choices", "Instead: the plan")
        assert "This will be a draft" in shown(pilot, "#which")
        await choose(pilot, "#choices", "Instead: the budget Laptop and gym")
        assert "as it was kept" in shown(pilot, "#which")
    noted = [copy.text("version") for copy in record_lists.of(session, "copy_given", person_id)]
    assert noted == ["budget Laptop and gym, version 2", "budget Laptop and gym, not kept"]


async def test_a_letter_is_made_here_once_central_holds_what_it_says(both: TwoLaptops) -> None:
    """Before that its line says why it has to wait, and no form of it can be chosen; what was printed is noted.

    It is offered beside the decision then. Read on the screen it has no numbers while the family may be reading.
    """
    session, person_id = both.one, both.person.record_id
    version = kept_version(session, person_id)
    request = request_for(session, version)
    decision = decision_about(session, request)
    async with opened_screen(session, CopiesScreen(person_id)) as pilot:
        await choose(pilot, "#choices", "Instead: the letter about the decision of 22 November 2026: Yes")
        assert "when the team server has confirmed the decision" in shown(pilot, "#which")
        assert not [line for line in lines(pilot, "#choices") if line.startswith(("PDF", "Web page", "Text file"))]
        confirm(session, version, request, decision)
        await pilot.app.push_screen(DecisionsScreen(person_id))
        await pilot.pause()
        await choose(pilot, "#decisions", "Read or print the letter")
        await choose(pilot, "#choices", "Text file")
        assert "letter-standard" in shown(pilot, "#where-it-is")
        await choose(pilot, "#choices", "Read it together")
        assert "Yes. You can have the budget that you asked for." in painted(pilot)
        read = pilot.app.screen
        assert isinstance(read, LetterScreen)
        assert "NHS number" in read.paper().who
        app_of(pilot).family = True
        assert read.paper().who == ""
    noted = [copy.text("version") for copy in record_lists.of(session, "copy_given", person_id)]
    assert noted == ["the letter about the decision of 22 November 2026: Yes"]
