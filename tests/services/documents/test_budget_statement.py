"""The budget on paper: every amount with the sentences by which it can be checked, and nothing that is for staff."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from phb_tui.documents import html, pdf, text
from phb_tui.documents.model import Document, Facts, Items, Layout, Plain, Sums, Undecided
from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.records.changes import Record
from phb_tui.services.budget import budgets
from phb_tui.services.documents import budget_document, plan_document
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.screens.screen_harness import unlocked_laptop
from tests.screens.team_harness import disagree, disagreeing, somebody
from tests.services.budget.kept_budgets import keep
from tests.services.budget.kept_versions import keep_version
from tests.services.documents.test_print import read_html, read_pdf
from tests.services.documents.test_print_labels import ABOUT_THEM

STAFF = {"instead": "1416.80", "overlap_weeks": "33", "released": "318.00", "health_ods": "QZ9"}
LONGEST = 25
"""Words that a sentence of ours has at most."""


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A laptop that the tests share; each has a person of its own."""
    with unlocked_laptop(tmp_path_factory.mktemp("papers")) as found:
        yield found


def budget_of(laptop: Session, example: Records, **more: str) -> Record:
    """A budget of somebody new, from an example."""
    return keep(laptop, somebody(laptop).record_id, example, **{"name": "From December", **more})


def paper(laptop: Session, budget: Record, *, as_it_is: bool = False) -> Document:
    """The statement about a budget."""
    return budget_document.budget_statement(laptop, budget.person_id or "", budget.record_id, as_it_is=as_it_is)


def written(laptop: Session, budget: Record, *, as_it_is: bool = False) -> str:
    """The statement as text, on wide lines."""
    return text.write(paper(laptop, budget, as_it_is=as_it_is), 300)


def plan(laptop: Session, budget: Record) -> str:
    """The chapter about the money in the plan, as text."""
    words = text.write(plan_document.plan(laptop, budget.person_id or ""), 300)
    return words.partition("\nThe money\n")[2].partition("\nIf I do not agree\n")[0]


def test_every_amount_stands_on_paper_with_its_working(laptop: Session) -> None:
    """Each line and total of example B, and each sentence of its working, is in the statement."""
    budget = budget_of(laptop, examples.b())
    keep_version(laptop, budget)
    worked = budgets.worked(laptop, budgets.read(laptop, budget))
    totals = worked.totals
    sums = (totals.weekly, totals.recurring, totals.contingency, totals.start, totals.first)
    wanted = {shown(abs(pence)) for pence in (*(line.pence for line in worked.lines), *sums)}
    wanted |= {words for line in worked.lines for words in line.working}
    wanted |= {shown(each.pence) for each in (*worked.instalments, *worked.payments)}
    words = written(laptop, budget)
    assert [each for each in wanted if each not in words] == []
    assert "Wages by law are not known yet" in words
    assert "Sick pay by law" not in words, "it is not counted with a figure that is expected to change"


def test_the_plan_says_who_comes_how_often_and_what_it_costs_and_no_sum(laptop: Session) -> None:
    """A plan has the summary of a budget, with what may change, and no sentence of the working."""
    budget = budget_of(laptop, examples.b())
    keep_version(laptop, budget)
    worked, words = budgets.worked(laptop, budgets.read(laptop, budget)), " ".join(plan(laptop, budget).split())
    for said in ("Maria: Monday to Friday 7 h, to 31 Mar 2027", "Tom: Night asleep in the home, Saturday", "payroll: ",
                 "What employing people costs", "Every week, on average", "£818.88", "£46,132.46",
                 "Wages by law are not known yet", "is in the paper about this budget"):  # fmt: skip
        assert said in words
    assert [each for line in worked.lines for each in line.working if " = " in each and each in words] == []


def test_a_line_that_may_change_names_the_figure_and_the_day(laptop: Session) -> None:
    """Under an amount stands which figure is not known yet, and from when, and never just that there is one."""
    words = " ".join(written(laptop, budget_of(laptop, examples.b())).split())
    assert "This can still change. From Thursday 1 April 2027: Wages by law are not known yet." in words
    assert "One of its figures" not in words


def test_what_is_bought_once_is_for_its_own_day(laptop: Session) -> None:
    """A cost with a day of its own says it; the money for it is said to come, and not to be spent, on the first day."""
    budget = budget_of(laptop, examples.c())
    laptop_cost = next(
        each for each in record_lists.of(laptop, "cost", budget.person_id or "") if each.text("what") == "laptop"
    )
    editing.save(laptop, laptop_cost, {"from_date": "2026-12-15"})
    words = " ".join(written(laptop, budget).split())
    assert "It is for Tuesday 15 December 2026." in words
    assert "Bought once: the money comes on Monday 7 December 2026" in words


def test_what_can_be_asked_at_any_time_is_told_from_what_has_a_time(laptop: Session) -> None:
    """The service's own words about a decision stand under their own label, on the plan and on the statement."""
    appeal = {"appeal": "Ask us to look again within 28 days."}
    editing.save(laptop, record_lists.single(laptop, "local", None), appeal)
    budget = budget_of(laptop, examples.c())
    for words in (written(laptop, budget), text.write(plan_document.plan(laptop, budget.person_id or ""), 300)):
        assert "To have a decision looked at again: Ask us to look again within 28 days." in " ".join(words.split())


@pytest.mark.parametrize("layout", Layout)
def test_every_layout_has_every_amount(laptop: Session, layout: Layout) -> None:
    """The PDF and the page have all amounts in ordinary print, in large print and with room for pictures."""
    made = paper(laptop, budget_of(laptop, examples.c()))
    amounts = [row.amount for block in made.blocks if isinstance(block, Sums) for row in block.rows]
    assert "£1,008.83" in amounts
    pages = (read_pdf(pdf.write(made, layout)), "".join(read_html(html.write(made, layout)).words))
    assert [amount for words in pages for amount in amounts if words.count(amount) < amounts.count(amount)] == []


def test_a_kept_version_is_printed_as_it_was_kept(laptop: Session) -> None:
    """What is written later changes nothing of it; the budget as it is now can be printed as well."""
    budget = budget_of(laptop, examples.c())
    keep_version(laptop, budget, agreed_by="Rhys Price")
    cost = next(each for each in record_lists.of(laptop, "cost", budget.person_id or "") if each.text("what") == "bus")
    editing.save(laptop, cost, {"price": "99.00"})
    assert "£1,008.83" in written(laptop, budget)
    assert "Agreed by: Rhys Price" in written(laptop, budget)
    assert "£1,873.83" in written(laptop, budget, as_it_is=True)
    assert "£1,873.83" not in plan(laptop, budget)


def test_the_plan_has_the_newest_version_for_a_decision_else_the_newest_one(laptop: Session) -> None:
    """Of versions about how much there is and for a decision the newest of the latter counts, and no what-if does."""
    budget = budget_of(laptop, examples.c(), purpose="indicative", range_from="900", range_to="1100", nature="one_off")
    assert "about £900.00 to £1,100.00 in all" in plan(laptop, budget)
    keep_version(laptop, budget, "1")
    keep_version(laptop, budget, "2")
    assert "Kept as version: 2" in plan(laptop, budget)
    keep_version(laptop, budget, "3", **{"for": "final"})
    keep_version(laptop, budget, "4")
    assert "Kept as version: 3" in plan(laptop, budget)
    tried = keep(laptop, budget.person_id or "", examples.c(), name="Tried out", purpose="what_if")
    keep_version(laptop, tried)
    next_one = keep(laptop, budget.person_id or "", examples.c(), name="Next", replaces_id=budget.record_id)
    assert ("Kept as version: 3" in plan(laptop, budget), "Tried out" in plan(laptop, budget)) == (True, False)
    keep_version(laptop, next_one)
    assert "Kept as version: 3" not in plan(laptop, budget)


DAMAGED: tuple[dict[str, Any], ...] = (
    {"lines": "", "inputs": ""},
    {"lines": "[" * 10_000, "inputs": '{"budget": {}}', "by_way": "[1]", "by_stream": '{"health": "x"}'},
    {"lines": '[{"id": "x", "pence": 1.5}]', "total_first": "9" * 5_000, "rates": "9" * 5_000, "provisional": "yes"},
    {"lines": '[{"pence": 1}]', "total_recurring": 10**18, "total_weekly": None, "total_contingency": "x"},
    {"inputs": "{}", "total_first": "-", "for": "later", "policy": -3, "agreed_on": "\u202e?"},
    {"total_weekly": 10**18, "total_first": 10**18, "by_way": '{"notional": 1000000000000000000}'},
)


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_version_is_shown_as_far_as_it_can_be_read(laptop: Session, damage: dict[str, Any]) -> None:
    """Whatever a version holds, the papers are made; what cannot be read is said, and no amount is guessed."""
    budget = budget_of(laptop, examples.b())
    keep_version(laptop, budget, **damage)
    words = written(laptop, budget)
    assert "Version 1." in words
    assert plan(laptop, budget)
    assert not re.search(r"\d(,\d{3}){5}", words), "no budget has such an amount"
    if "lines" in damage:
        assert "The lines of this version cannot be read on this laptop." in words
    if "total_first" in damage:
        assert re.search(r"The first year, all together +\?", words)


def test_an_amount_that_no_budget_has_is_not_printed(laptop: Session) -> None:
    """A line whose kept amount is of twenty figures stands there with a question mark."""
    budget = budget_of(laptop, examples.c())
    lines = str(keep_version(laptop, budget).fields["lines"]).replace("37900", "9" * 20)
    keep_version(laptop, budget, "2", lines=lines)
    assert re.search(r"laptop +\?", written(laptop, budget))


def test_nothing_for_staff_is_on_paper(laptop: Session) -> None:
    """What the usual package costs, how long both run, codes and notes are in no statement and no plan."""
    budget = budget_of(laptop, examples.b(), **STAFF)
    for cost in record_lists.of(laptop, "cost", budget.person_id or ""):
        editing.save(laptop, cost, {"note": "Only for us"})
    keep_version(laptop, budget)
    for words in (written(laptop, budget), written(laptop, budget, as_it_is=True), plan(laptop, budget)):
        assert not [each for each in ("1,416.80", "33", "318.00", "QZ9", "Only for us") if each in words]


def test_what_is_left_out_of_the_total_is_named(laptop: Session) -> None:
    """A half-filled line stands on the paper with what is missing, and so does a contradiction."""
    example = examples.b()
    shifts = [{**texts, "rate": ""} if texts["id"] == "s5" else dict(texts) for texts in example.shifts]
    budget = budget_of(laptop, example._replace(shifts=shifts), health="50")
    words = written(laptop, budget)
    assert "Write what is paid." in words
    assert "The shares make 50, not 100." in words
    assert "Who pays" not in words


def test_two_versions_of_an_amount_are_both_printed(tmp_path: Path) -> None:
    """Where two officers wrote another rate, the statement says first that it is not decided, and has both."""
    with disagreeing(tmp_path) as both:
        budget = keep(both.one, both.person.record_id, examples.b(), name="From December")
        shift = record_lists.of(both.one, "shift", both.person.record_id)[0]
        both.team.exchange(both.one, both.two)
        disagree(both.team, both.one, both.two, shift, ("rate", "13.40", "13.60"))
        made = paper(both.one, budget)
    boxes = [block for block in made.blocks if isinstance(block, Undecided)]
    assert [{words for words, _by in box.versions} for box in boxes] == [{"£13.40", "£13.60"}]
    assert "Not decided yet" in made.warning


def test_those_who_pay_have_their_shares_worked_out(laptop: Session) -> None:
    """Example E says of each who pays what its share of the shared sum is, and what it pays alone."""
    words = written(laptop, budget_of(laptop, examples.e(), social_who="Invented Council"))
    for wanted in (
        "£8,956.69", "55% of 15,957.61, which is shared: 8,776.69", "What it pays alone: 180.00",
        "Social care (Invented Council)", "£6,047.28", "£2,642.64", "And 15% of what is put by: 100.37",
    ):  # fmt: skip
        assert wanted in words


def test_what_is_paid_on_top_of_a_wheelchair_is_no_part_of_the_budget(laptop: Session) -> None:
    """Example D names the contribution and who pays it beside the NHS's part, and counts it nowhere."""
    budget = budget_of(laptop, examples.d("1425.00", "1850.00", "third_party", "420.00"))
    chair = next(each for each in record_lists.of(laptop, "cost", budget.person_id or "") if each.text("contribution"))
    editing.save(laptop, chair, {"contribution_from": "a charity 500"})
    keep_version(laptop, budget)
    words = written(laptop, budget)
    assert "On top of this 1,425.00 is paid, and not by the NHS. It is not part of this budget." in words
    assert "Who pays it: a charity 500" in words
    assert re.search(r"In all +£2,270.00", words)


def test_it_says_how_to_ask_again_and_what_the_person_says(laptop: Session) -> None:
    """The person's answer, their words, whom to ask, how to appeal and who helps are on the statement."""
    local = {"contact": "Ring 01234", "appeal": "Write within 28 days.", "advocacy": "Invented Advocacy"}
    editing.save(laptop, record_lists.single(laptop, "local", None), local)
    words = written(laptop, budget_of(laptop, examples.c(), enough="no", enough_words="The bus is missing"))
    for wanted in (*local.values(), '"The bus is missing"', "I can ask for this budget to be looked at again"):
        assert wanted in words


@pytest.mark.parametrize("example", [examples.a("unsure"), examples.b(), examples.e(), examples.f()])
def test_the_statement_is_plain(laptop: Session, example: Records) -> None:
    """It asks nothing, says I and never you, and no sentence of it has more than 25 words."""
    budget = budget_of(laptop, example, enough="yes", told_on="2026-11-20", range_from="800", told_how="At home")
    for made in (paper(laptop, budget), _kept(laptop, budget)):
        ours = list(_sentences(made))
        assert len(ours) > 40
        assert [
            words for words in ours if len(words.split()) > LONGEST or "?" in words or ABOUT_THEM.search(words)
        ] == []


def _kept(laptop: Session, budget: Record) -> Document:
    keep_version(laptop, budget)
    return paper(laptop, budget)


def _sentences(made: Document) -> Iterator[str]:
    """Each sentence and label of a paper."""
    for block in made.blocks:
        match block:
            case Plain(words):
                lines = [words]
            case Items(found):
                lines = list(found)
            case Facts(rows):
                lines = [label for label, _value in rows]
            case Sums(sums):
                lines = [words for row in sums for words in (row.label, *row.how)]
            case _:
                lines = []
        for line in lines:
            yield from re.split(r"(?<=[.]) ", line)
