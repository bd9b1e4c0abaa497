"""Purchases on the lines of a budget: planned to date, spent and left."""

from phb_tui.services.payments import purchases, spending
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
    bought(laptop, person_id, "8.50", "old", payee="Pay & Co", date="2026-10-01")
    bought(laptop, person_id, "8.50", "new", payee="pay  & CO", date="2026-11-01")
    new = bought(laptop, person_id, "9.00")
    assert purchases.with_line(laptop, new, {"payee": "PAY & co"}) == {"payee": "PAY & co", "line": "new"}
    assert purchases.with_line(laptop, new, {"payee": "Somebody else"}) == {"payee": "Somebody else"}
    chosen = bought(laptop, person_id, "9.00", "none")
    assert purchases.with_line(laptop, chosen, {"payee": "pay & co"}) == {"payee": "pay & co"}
