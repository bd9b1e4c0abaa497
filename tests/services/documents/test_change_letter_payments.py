"""The letter about a change says the figures and days of the list of payments, and what makes the difference."""

import re
from collections.abc import Iterator, Mapping

import pytest

from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record
from phb_tui.errors import UnknownRecord
from phb_tui.services.budget import versions
from phb_tui.services.documents.letters import offered
from phb_tui.services.payments import due, making
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.screens.screen_harness import somebody, unlocked_laptop
from tests.services.decision.samples import POLICY, confirm, decision_about, kept_version, request_for, set_policy
from tests.services.documents.letter_samples import written
from tests.services.payments.paid_budgets import told

SWIMMING = {"what": "Swimming", "kind": "activity", "price": "12.25", "often": "week", "from_date": "2027-02-01"}


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A laptop that the tests share; each has a person of its own."""
    with unlocked_laptop(tmp_path_factory.mktemp("changes")) as found:
        set_policy(found, {**POLICY, "contingency_weeks": 4, "contingency_held": "person", "notice_days": 28})
        yield found


def approve(laptop: Session, version: Record, day: str) -> None:
    """Somebody says yes to a version, and central holds that."""
    request = request_for(laptop, version)
    confirm(laptop, version, request, decision_about(laptop, request, decided_on=day, reasons="It is what you need."))


def paid_for(laptop: Session) -> tuple[str, Record]:
    """Somebody with example B, all of whose payments of the first day were paid before it."""
    person_id = somebody(laptop).record_id
    first = kept_version(laptop, person_id, examples.b())
    approve(laptop, first, "2026-11-20")
    making.make(laptop, person_id, first.record_id)
    for each in due.of_person(laptop, person_id).payments:
        if each.due.due_on.isoformat() == "2026-12-07":
            editing.save(laptop, each.record, {"paid_on": "2026-11-22", "paid": shown(each.due.pence)})
    return person_id, editing.read(laptop, "budget", first.text("budget_id"), person_id)


def next_version(
    laptop: Session, budget: Record, cost: Mapping[str, str] | None = None, rate: str = "", **fields: str
) -> Record:
    """Another version of a budget, with one more cost, another first rate, or other fields of its own."""
    editing.save(laptop, budget, fields)
    person_id = budget.person_id or ""
    if cost:
        new = record_lists.new(laptop, "cost", person_id)
        editing.save(laptop, new, {**cost, "budget_id": budget.record_id})
    if rate:
        editing.save(laptop, record_lists.of(laptop, "shift", person_id)[0], {"rate": rate})
    budget = editing.read(laptop, "budget", budget.record_id, person_id)
    begun = versions.being_kept(laptop, budget)
    agreed = {"agreed_by": "Annie Example", "agreed_how": "said", "agreed_on": "2026-11-21"}
    begun = editing.save(laptop, begun, {**record_lists.parent_link(budget, versions.KIND), **agreed})
    return versions.keep(laptop, versions.candidate(laptop, budget), begun)


def letter(laptop: Session, person_id: str) -> str:
    """The only letter about a change that need not wait, as text."""
    found = [each for each in offered.of_person(laptop, person_id) if each.name.startswith(offered.CHANGE)]
    (name,) = (each.name for each in found if not each.wait)
    return written(offered.paper(laptop, person_id, name))


def test_what_was_paid_before_is_not_asked_for_again(laptop: Session) -> None:
    """After the first day was paid, the letter about more money has the days and amounts of the list of payments."""
    person_id, budget = paid_for(laptop)
    version = next_version(laptop, budget, SWIMMING)
    approve(laptop, version, "2026-11-22")
    words = letter(laptop, person_id)
    making.make(laptop, person_id, version.record_id)
    there = [each for each in due.of_person(laptop, person_id).payments if each.to_pay]
    there.sort(key=lambda each: (each.due.due_on, each.due.number))
    assert [each.to_pay for each in there][:3] == [4148, 4148, 331698]
    assert "£6,826.22 was paid before and is taken off here." in words
    paid = words[words.index("What is paid next") :]
    found = re.findall(r"(\d+ \w+ 20\d\d) +£([\d,.]+)", paid)
    assert found == [(dates.in_words(each.due.due_on.isoformat()), shown(each.to_pay)) for each in there]


def test_a_budget_that_has_not_begun_is_not_said_to_be_paid(laptop: Session) -> None:
    """Where both versions begin on one day, nothing is said of every week until then."""
    person_id, budget = paid_for(laptop)
    approve(laptop, next_version(laptop, budget, SWIMMING), "2026-11-22")
    words = letter(laptop, person_id)
    assert "Instead of £818.88 it will be £829.25 every week." in words
    assert "Every week until then" not in words


def test_each_line_that_differs_is_named_with_its_amount_and_day(laptop: Session) -> None:
    """A new line, one that is dearer and one that is gone say what they make a week, and from which day."""
    person_id, budget = paid_for(laptop)
    second = next_version(laptop, budget, SWIMMING, rate="13.60")
    approve(laptop, second, "2026-11-22")
    making.make(laptop, person_id, second.record_id)
    words = letter(laptop, person_id)
    assert re.search(r"New: Swimming, from Monday 1 February 2027 +\+£10\.37", words)
    assert "While it runs it is 12.25 a week, for 308 of the 364 days of the budget." in words
    assert re.search(r"More for [^,]+.*, from Monday 7 December 2026 +\+£\d", words)
    differences = re.findall(r" \+£([\d.]+)|  -£([\d.]+)", words[: words.index("Who decided")])
    total = sum(round(float(more or 0) * 100) - round(float(less or 0) * 100) for more, less in differences)
    (wanted,) = re.findall(r"That is £([\d.]+) more every week", words)
    assert abs(total - round(float(wanted) * 100)) <= len(differences)
    swimming = next(each for each in record_lists.of(laptop, "cost", person_id) if each.text("what") == "Swimming")
    record_lists.remove(laptop, swimming)
    editing.save(laptop, record_lists.of(laptop, "shift", person_id)[0], {"rate": "14.60"})
    third = next_version(laptop, budget)
    approve(laptop, third, "2026-11-22")
    making.make(laptop, person_id, third.record_id)
    assert re.search(r"No longer: Swimming, from Monday 7 December 2026 +-£10\.37", letter(laptop, person_id))


def test_a_letter_waits_where_the_change_cannot_begin_as_it_is_written(laptop: Session) -> None:
    """Told 14 days before a lower amount with 28 days' notice, the letter waits with the sentence of the payments."""
    person_id, budget = paid_for(laptop)
    version = next_version(laptop, budget, rate="12.80")
    approve(laptop, version, "2026-11-22")
    (found,) = [each for each in offered.of_person(laptop, person_id) if each.name.startswith(offered.CHANGE)]
    assert "Told today, it can begin on Monday 21 December 2026." in found.wait
    told(laptop, person_id, version, "2026-11-23")
    (found,) = [each for each in offered.of_person(laptop, person_id) if each.name.startswith(offered.CHANGE)]
    against = {each.version.record_id: say for each, say in due.of_person(laptop, person_id).to_make}
    assert "It can begin on Monday 21 December 2026. Until then the payments stay as they are." in found.wait
    assert found.wait == against[version.record_id]
    with pytest.raises(UnknownRecord, match="Make a budget that begins then"):
        offered.paper(laptop, person_id, found.name)


def test_a_letter_waits_once_a_newer_version_is_paid(laptop: Session) -> None:
    """The letter about a version whose place another one has taken is not printed any more."""
    person_id, budget = paid_for(laptop)
    for rate in ("13.60", "13.70"):
        version = next_version(laptop, budget, rate=rate)
        approve(laptop, version, "2026-11-22")
        making.make(laptop, person_id, version.record_id)
    waits = {each.wait for each in offered.of_person(laptop, person_id) if each.name.startswith(offered.CHANGE)}
    assert waits == {"", "A newer version of this budget is being paid."}
