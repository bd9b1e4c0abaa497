"""Purchases on the lines of a budget: planned to date, spent and left."""

from dataclasses import replace
from datetime import UTC, date, datetime

from phb_tui.content import forms
from phb_tui.domain.records.changes import Record, Value
from phb_tui.services.payments import due, purchases, spending
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.services.payments.paid_budgets import approved, bought, paying


def test_each_line_says_what_was_planned_spent_and_is_left(laptop: Session, person_id: str) -> None:
    """By the day a line is planned by its days; left is of the whole, and below nought when more was spent."""
    paying(laptop, person_id)
    lines = {line.name: line for line in spending.of_person(laptop, person_id).lines}
    insurance, payroll = lines["insurance"], lines["payroll"]
    assert (insurance.whole, insurance.planned) == (12000, (12000 * 232 * 2 + 364) // 728)
    bought(laptop, person_id, "125.00", insurance.id)
    bought(laptop, person_id, "8.50", payroll.id)
    bought(laptop, person_id, "7", "none")
    bought(laptop, person_id, "3.00")
    bought(laptop, person_id, "4.00", "gone 2026/27")
    bought(laptop, person_id, "lots", payroll.id)
    found = spending.of_person(laptop, person_id)
    after = {line.name: line for line in found.lines}
    assert (after["insurance"].spent, after["insurance"].left) == (12500, -500)
    assert after["payroll"].left == 44200 - 850
    assert (found.on_none, found.not_chosen, dict(found.elsewhere), found.unreadable) == (
        700, 300, {"gone 2026/27": 400}, 1,
    )  # fmt: skip


def test_a_line_is_offered_by_a_name_of_its_own_in_its_tax_year(laptop: Session, person_id: str) -> None:
    """No two names are alike, none is an id, and lines of another tax year or that take something off are left out."""
    approved(laptop, person_id, examples.b())
    found = spending.of_person(laptop, person_id)
    assert {version.version.record_id for version, _lines in found.budgets} != set()
    offered = spending.choices(found, laptop.today)
    names = [line.name for line in offered]
    assert len(names) == len(set(names))
    assert not any("2027/28" in line.id or "allowance" in line.id for line in offered)
    assert not any(line.id in name for line, name in zip(offered, names, strict=True) if len(line.id) > 30)


def test_a_payee_brings_the_line_that_was_chosen_before(laptop: Session, person_id: str) -> None:
    """The newest purchase from the same payee counts, however it is written; a line that was chosen stays."""
    approved(laptop, person_id)
    found = spending.of_person(laptop, person_id)
    older, newer = (line.id for line in spending.choices(found, laptop.today)[:2])
    bought(laptop, person_id, "8.50", older, payee="Pay & Co", date="2026-10-01")
    bought(laptop, person_id, "8.50", newer, payee="pay  & CO", date="2026-11-01")
    bought(laptop, person_id, "8.50", "gone", payee="Gone", date="2026-11-01")
    new = bought(laptop, person_id, "9.00")
    chosen = bought(laptop, person_id, "9.00", "none")

    def lines(record: Record, payee: str) -> Value:
        return purchases.with_line(laptop, found, record, {"payee": payee}).get("line", "")

    assert [lines(new, payee) for payee in ("PAY & co", "Somebody else", "Gone")] == [newer, "", ""]
    assert lines(chosen, "pay & co") == ""


def test_a_purchase_is_on_the_line_of_the_tax_year_of_its_day(laptop: Session, person_id: str) -> None:
    """A day that is put right after the line was chosen, and last year's payee, bring the same costs of its year."""
    approved(laptop, person_id, examples.b())
    found = spending.of_person(laptop, person_id)
    before, after = ({line.id for line in spending.choices(found, date(2027, 4, day))} for day in (5, 6))
    line = next(each for each in sorted(before - after) if each.replace("2026/27", "2027/28") in after)
    later, always = line.replace("2026/27", "2027/28"), min(before & after)
    bought(laptop, person_id, "8.50", line, payee="Pay", date="2027-04-01")
    laptop = replace(laptop, now=lambda: datetime(2027, 4, 10, 12, tzinfo=UTC))
    new = bought(laptop, person_id, "9.00", date="2027-04-10")
    assert purchases.with_line(laptop, found, new, {"payee": "Pay"})["line"] == later
    chosen = bought(laptop, person_id, "9.00", later, date="2027-04-10")
    assert purchases.with_line(laptop, found, chosen, {"date": "30/3/27"})["line"] == line
    other = bought(laptop, person_id, "9.00", always, date="2027-04-10")
    assert purchases.with_line(laptop, found, other, {"date": "30/3/27"}) == {"date": "30/3/27"}


def test_money_that_came_back_raises_what_is_left(laptop: Session, person_id: str) -> None:
    """A refund is an amount without a sign that says it came back; it is taken off what was spent of its line."""
    paying(laptop, person_id)
    line = next(line for line in spending.of_person(laptop, person_id).lines if line.name == "insurance")
    bought(laptop, person_id, "40.00", line.id)
    back = bought(laptop, person_id, "15.00", line.id, **{spending.REFUND: "yes"})
    after = next(each for each in spending.of_person(laptop, person_id).lines if each.id == line.id)
    assert (after.spent, after.left) == (2500, line.whole - 2500)
    assert spending.pence(back) == -1500
    assert forms.problems(bought(laptop, person_id, "-15.00", line.id), laptop.today), "a minus sign is no amount"


def test_what_is_put_by_is_a_line_to_spend_from(laptop: Session, person_id: str) -> None:
    """What the person holds for emergencies can be chosen, and has planned, spent and left of its own."""
    paying(laptop, person_id)
    (put_by,) = [line for line in spending.of_person(laptop, person_id).lines if line.id.endswith("contingency")]
    paid = next(each for each in due.of_person(laptop, person_id).payments if each.due.what == "contingency")
    assert (put_by.whole, put_by.planned) == (paid.due.pence, paid.due.pence)
    assert put_by in spending.choices(spending.of_person(laptop, person_id), laptop.today)
    spent = bought(laptop, person_id, "100.00", put_by.id)
    found = spending.of_person(laptop, person_id)
    assert next(line.left for line in found.lines if line.id == put_by.id) == put_by.whole - 10000
    assert (found.off_lines, found.names[put_by.id]) == (0, put_by.name)
    assert record_lists.display(laptop, spent, "line") == put_by.name


def test_purchases_are_listed_by_day_the_last_written_of_a_day_first(laptop: Session, person_id: str) -> None:
    """A month counts as its last day; what has no day comes before all, so that it is put right."""
    for day in ("2026-11-20", "about 2026-10", "2026-11-23", "soon", "2026-11-20", "2026-10-05"):
        bought(laptop, person_id, "1.00", date=day)
    second = [each for each in record_lists.of(laptop, "purchase", person_id) if each.text("date") == "2026-11-20"][1]
    found = spending.purchases(laptop, person_id)
    days = [each.text("date") for each in found]
    assert days == ["soon", "2026-11-23", "2026-11-20", "2026-11-20", "about 2026-10", "2026-10-05"]
    assert found[2] == second
