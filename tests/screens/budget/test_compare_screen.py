"""The budget next to the usual package: for staff only, and a dearer budget is said to be dearer."""

import pytest

from phb_tui.content import forms
from phb_tui.screens.budget.budget_screen import BudgetScreen
from phb_tui.screens.budget.compare import CompareScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from phb_tui.services.visit import visits
from tests.domain.budget import examples
from tests.screens.screen_harness import app_of, choose, opened_screen, painted, somebody, words_painted
from tests.services.budget.kept_budgets import keep

pytestmark = pytest.mark.anyio
SECRETS = ("usual package", "1,416.80", "73,673.60", "22,859.81", "cheaper")


async def test_the_usual_package_stands_beside_the_budget(session: Session) -> None:
    """Example J to the penny, how it is known, what is released and from where; then a package that costs less."""
    person = somebody(session)
    budget = keep(
        session, person.record_id, examples.a(), name="From April", instead="1416.80", instead_basis="quoted",
        overlap_weeks="3", released="300", released_from="2027-03-29", funding_from="block_contract",
    )  # fmt: skip
    async with opened_screen(session, CompareScreen(person.record_id, budget.record_id), (80, 36)) as pilot:
        text = words_painted(pilot)
        for words in ("The usual package £73,673.60", "without what is paid once £50,813.79",
                      "This budget is ▼ £22,859.81 cheaper (31.0%)", "Both run for 3 weeks £4,250.40",
                      "To start £337.74", "with these two, it is ▼ £18,271.67 cheaper", "A provider quoted it",
                      "Released until the budget ends £300.00", "A block contract"):  # fmt: skip
            assert words in text
        assert "guess" not in text
        editing.save(session, budget, {"instead": "923.08", "instead_basis": "not_known", "overlap_weeks": ""})
        screen = pilot.app.screen
        assert isinstance(screen, CompareScreen)
        screen.reload()
        await pilot.pause()
        text = words_painted(pilot)
        assert "This budget is ▲ £2,813.63 dearer (5.9%)" in text
        assert "is a guess and is not counted" in text
        editing.save(session, budget, {"instead": "9" * 5_000, "released": "lots"})
        screen.reload()
        await pilot.pause()
        text = words_painted(pilot)
        assert "Write what the usual package would cost a week" in text
        assert "dearer" not in text
        await choose(pilot, "#lines", "How is that known?")
        assert isinstance(pilot.app.screen, FormScreen)
        assert "instead_basis" in [field.name for field in pilot.app.screen.page.fields]


async def test_the_family_never_sees_the_usual_package(session: Session) -> None:
    """In family view nothing of it is painted, nor while a visit is open until staff turn the laptop to themselves."""
    person = somebody(session)
    budget = keep(session, person.record_id, examples.a(), instead="1416.80", overlap_weeks="3")
    async with opened_screen(session, BudgetScreen(person.record_id, budget.record_id), (80, 24)) as pilot:
        app_of(pilot).action_family()
        await pilot.press("u")
        await pilot.pause()
        assert isinstance(pilot.app.screen, BudgetScreen)
        assert "sual package" not in painted(pilot)
        app_of(pilot).action_family()
        await pilot.pause()
        await pilot.press("u")
        await pilot.pause()
        assert all(secret in words_painted(pilot) for secret in SECRETS)
        app_of(pilot).action_family()
        await pilot.pause()
        assert not [secret for secret in SECRETS if secret in painted(pilot)]
        app_of(pilot).action_family()
        visits.start(session, person.record_id)
        screen = pilot.app.screen
        assert isinstance(screen, CompareScreen)
        screen.reload()
        screen.refresh_frame()
        await pilot.pause()
        assert not [secret for secret in SECRETS if secret in painted(pilot)]
        assert "For staff" in painted(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert all(secret in words_painted(pilot) for secret in SECRETS)
    paper = [field.name for page in forms.form("budget").pages for field in page.fields if field.staff_only]
    assert {"instead", "instead_basis", "instead_words", "overlap_weeks", "released", "funding_from"} <= {*paper}
