"""A worked-out budget in rows, as screens show it."""

import json

from phb_tui.documents import text
from phb_tui.services.budget.shown import overview, working_text
from phb_tui.services.budget.shown.overview import EMPLOYING, OTHER, SUPPORT
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
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
    assert "A week of an amount is an average week: the amount of the whole budget x 7 / 364 days." in words
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
