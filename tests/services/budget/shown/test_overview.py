"""A worked-out budget in rows, as screens show it."""

import json

import pytest

from phb_tui.documents import text
from phb_tui.domain.budget.reading.records import Records
from phb_tui.services.budget.shown import overview, working_text
from phb_tui.services.budget.shown.overview import EMPLOYING, OTHER, SUPPORT
from phb_tui.services.documents import budget_document
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.screens.screen_harness import somebody
from tests.services.budget.kept_budgets import keep

PERSON = "person-1"


def test_every_line_stands_in_one_row(laptop: Session) -> None:
    """The rows of example B together are its total, each line in exactly one of them."""
    found = overview.read(laptop, keep(laptop, PERSON, examples.b()))
    assert [group.title for group in found.groups] == [SUPPORT, EMPLOYING]
    assert sorted(line.id for row in found.rows for line in row.lines) == sorted(line.id for line in found.worked.lines)
    assert sum(row.pence or 0 for row in found.rows) == 4258178 + 27516
    labels = {row.label: row.pence for row in found.rows}
    assert labels["Maria: Monday to Friday 7 h, to 31 Mar 2027"] == 766920
    assert labels["Tom: Night asleep in the home, Saturday"] == 260000
    assert labels["Employment Allowance"] == -424088


def test_a_half_filled_line_is_named_and_has_no_amount(laptop: Session) -> None:
    """A line without a price is a row without an amount, with what is missing; the others stay as they are."""
    budget = keep(laptop, PERSON, examples.c())
    new = record_lists.new(laptop, "cost", PERSON)
    editing.save(laptop, new, {"what": "Paints", **record_lists.parent_link(budget, "cost")})
    found = overview.read(laptop, budget)
    assert [(row.label, row.pence, [p.field for p in row.problems]) for row in found.unfinished] == [
        ("Paints", None, ["price"])
    ]
    assert ([group.title for group in found.groups], found.has_one_total) == ([OTHER], True)
    assert found.worked.totals.first == 100883


def test_what_is_paid_once_has_no_amount_a_week(laptop: Session) -> None:
    """Recruitment and checks are in no week; hours are spread over the whole budget."""
    found = overview.read(laptop, keep(laptop, PERSON, examples.b()))
    weekly = {row.label: row.weekly(found.days) for row in found.rows}
    assert (weekly["recruitment"], weekly["Tom: Night asleep in the home, Saturday"]) == (None, 5000)


def test_the_working_says_every_sentence_and_the_sums(laptop: Session) -> None:
    """The document has each sentence of each line, the totals of example B as sums, and the sources of its rates."""
    found = overview.read(laptop, keep(laptop, PERSON, examples.b()))
    made = working_text.document(found, "Annie", hides=False)
    words = " ".join(text.write(made, 400).split())
    assert [s for line in found.worked.lines for s in line.working if " ".join(s.split()) not in words] == []
    assert "An average week: 42,581.78 x 7 / 364 = 818.88" in words
    assert "A week here is an average week of the budget: an amount x 7 / 364 days." in words
    assert "First year: 42,581.78 + 3,275.52 + 275.16 = 46,132.46" in words
    assert "12.71 from 1 April 2026" in words
    assert "then 12 payments of 3,275.52" in words


def test_notes_for_staff_are_left_out_for_the_family(laptop: Session) -> None:
    """What the team usually agrees is for staff; what the allowance would save and why amounts may change is not."""
    usual = {"what": "Weekday", "sort": "day", "low": "10.00", "high": "12.00"}
    policy = record_lists.single(laptop, "policy", None)
    editing.save(laptop, policy, {"version": "1", "text": json.dumps({"rates": [usual]})})
    found = overview.read(laptop, keep(laptop, PERSON, examples.b("unsure")))
    staff, family = (text.write(working_text.document(found, "Annie", hides=on), 400) for on in (False, True))
    assert "above what your team usually agrees" in staff
    assert "above what your team usually agrees" not in family
    assert "If the allowance can be claimed" in family
    assert "May change from 1 April 2027" in family


@pytest.mark.parametrize("example", [examples.b(), examples.c()], ids=["paid in parts", "shared"])
def test_odd_pennies_are_said_on_screen_and_on_paper(laptop: Session, example: Records) -> None:
    """Which payment is another amount, and who pays a penny that cannot be divided, stand beside the figures."""
    person_id = somebody(laptop).record_id
    budget = keep(laptop, person_id, example)
    paper = budget_document.budget_statement(laptop, person_id, budget.record_id)
    screen = working_text.document(overview.read(laptop, budget), "Annie", hides=False)
    is_shared = bool(example.budget.get("social"))
    for words in (text.write(paper, 400), text.write(screen, 400)):
        assert ("The first payment has the odd pennies, which cannot be divided." in words) is not is_shared
        assert ("1 penny cannot be divided. It is paid by: The NHS." in words) is is_shared
        assert not is_shared or "50% of 1,008.83, which is shared: 504.42" in words


def test_what_comes_out_even_has_no_odd_pennies(laptop: Session) -> None:
    """Where every payment and every share is whole, nothing is said of pennies."""
    even = examples.c()._replace(costs=[examples.cost("gym", "activity", "100.00")])
    weekly = examples.c()._replace(
        budget=examples.budget("2026-12-07", "2027-12-05", health="50", social="50"),
        costs=[examples.cost("gym", "activity", "10.00", often="week")],
    )
    for example in (even, weekly):
        person_id = somebody(laptop).record_id
        budget = keep(laptop, person_id, example)
        paper = budget_document.budget_statement(laptop, person_id, budget.record_id)
        screen = working_text.document(overview.read(laptop, budget), "Annie", hides=False)
        for words in (text.write(paper, 400), text.write(screen, 400)):
            assert "Who pays" in words
            assert "penn" not in words.replace("Each share is taken to the penny", "")


def test_a_notice_is_only_of_a_figure_that_a_line_uses(laptop: Session) -> None:
    """Nothing is bought by wages, pensions or bank holidays: no notice; with an assistant there are those they use."""
    once = examples.c()
    long = once._replace(budget={**once.budget, "end_date": "2029-12-31", "allowance_used": "2026/27 100.00"})
    for example in (once, long):
        found = overview.read(laptop, keep(laptop, PERSON, example))
        words = text.write(working_text.document(found, "Annie", hides=False), 400)
        assert (found.why_provisional, found.worked.notes) == ((), ())
        assert [
            each for each in ("May change", "pension", "olidays", "Allowance", "Good to know") if each in words
        ] == []
    paid = overview.read(laptop, keep(laptop, PERSON, examples.b()))
    assert [words.partition(":")[0] for words in paid.why_provisional] == [
        "May change from 1 April 2027", "May change from 6 April 2027"
    ]  # fmt: skip
    assert any("the bank holiday is the weekday after it" in words for words in paid.worked.notes)
    hired = examples.b()._replace(workers=[{**each, "employed_as": "self_employed"} for each in examples.b().workers])
    assert overview.read(laptop, keep(laptop, PERSON, hired)).why_provisional == ()
