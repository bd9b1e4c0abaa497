"""What is kept for ever has an exact day and a name: when a plan or a budget was agreed, and when somebody signed."""

import pytest

from phb_tui.content import forms
from phb_tui.domain.calendar import whole_days
from phb_tui.errors import RuleBroken
from phb_tui.services.budget import versions
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing, record_checks, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.screens.screen_harness import somebody
from tests.services.budget.kept_budgets import keep

SEALED = [
    ("plan_version", "agreed_on"), ("budget_version", "agreed_on"), ("telling", "told_on"), ("agreement", "signed_on"),
    ("agreement", "nhs_signed_on"), ("agreement", "managed_signed_on"),
]  # fmt: skip
AGREED = {"agreed_by": "Annie Example", "agreed_how": "said", "agreed_on": "today"}
WRONG = [("agreed_on", "about 2007"), ("agreed_on", "March 2026"), ("agreed_on", "24 11 2026"), ("agreed_by", "2")]


@pytest.mark.parametrize(("kind", "name"), SEALED)
@pytest.mark.parametrize(
    ("typed", "is_wrong", "is_asked"),
    [
        ("about 2007", True, False),
        ("2007", True, False),
        ("March 2026", True, False),
        ("about 3 March 2026", True, False),
        ("tomorrow", True, False),
        ("soon", True, False),
        ("today", False, False),
        ("23 11 2025", False, False),
        ("22 11 2025", False, True),
    ],
)
def test_a_day_of_what_is_kept_for_ever_is_whole_and_over(
    session: Session, kind: str, name: str, typed: str, *, is_wrong: bool, is_asked: bool
) -> None:
    """A month, a year, "about" and a day to come are wrong; one more than a year ago is only asked about."""
    record = editing.save(session, record_lists.new(session, kind, somebody(session).record_id), {name: typed})
    assert bool(record_checks.at_field(session, record, name)) is is_wrong
    assert bool(forms.warning(kind, name, record.text(name), session.today)) is is_asked


@pytest.mark.parametrize(("name", "typed"), WRONG)
def test_nothing_is_kept_for_ever_with_a_wrong_day_or_no_name(session: Session, name: str, typed: str) -> None:
    """A version of a plan and one of a budget are refused, with the sentence of the field."""
    person_id = somebody(session).record_id
    editing.save(session, record_lists.new(session, "goal", person_id), {"words": "Go to choir"})
    draft = plan_versions.version_being_agreed(session, person_id)
    draft = editing.save(session, draft, {**AGREED, name: typed})
    with pytest.raises(RuleBroken) as raised:
        plan_versions.agree(session, person_id, draft)
    assert raised.value.field == name
    budget = keep(session, person_id, examples.c(), purpose="final")
    begun = editing.save(session, versions.being_kept(session, budget), {**AGREED, name: typed})
    with pytest.raises(RuleBroken) as raised:
        versions.keep(session, versions.candidate(session, budget), begun)
    assert raised.value.field == name
    editing.save(session, begun, {**AGREED, **record_lists.parent_link(budget, versions.KIND)})
    assert versions.keep(session, versions.candidate(session, budget), versions.being_kept(session, budget))


@pytest.mark.parametrize(("kind", "name"), [("telling", "told_by"), ("agreement", "signed_by"), ("risk", "agreed_by")])
def test_a_name_has_letters(session: Session, kind: str, name: str) -> None:
    """A number typed at a list of names is said to be none; any letters of any script are a name."""
    for typed, is_wrong in (("2", True), ("0 1", True), ("Ewa", False), ("Žofie 2", False), ("", False)):
        assert bool(forms.problem(kind, name, typed, session.today)) is is_wrong, typed


def test_a_short_day_has_its_weekday() -> None:
    """In lists too a promised day says which day of the week it is."""
    assert [whole_days.in_short(kept) for kept in ("2026-11-28", "2026-11", "soon")] == [
        "Sat 28 Nov 2026", "Nov 2026", "soon",
    ]  # fmt: skip
