"""Payments of approved versions: the first ones (R13), and those of a version that changes the amount (R21)."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

import phb_tui.domain.payments
from phb_tui.domain.budget.reading.fields import read_day
from phb_tui.domain.payments import approved
from phb_tui.domain.payments.approved import Approved, Content
from phb_tui.domain.payments.schedule import REGULAR, Due, Schedule, schedule
from tests import counts
from tests.domain.budget import examples
from tests.domain.payments.approved_versions import changes, made, worked

FIRST, LAST = date(2026, 4, 6), date(2027, 4, 4)
DAY = timedelta(days=1)
SHARDS = 5


def amounts(found: Schedule, what: str = "instalment") -> list[tuple[str, int]]:
    """The day and pence of each payment of a sort."""
    return [(each.due_on.isoformat(), each.pence) for each in found.payments if each.what == what]


def test_a_first_version_is_paid_by_its_instalments_and_what_is_paid_once() -> None:
    """Example A: 3,908.79, twelve times 3,908.75, and start-up and contingency with the first."""
    found = schedule(worked(examples.a(), "a", "2026-03-20"))
    assert [each.pence for each in found.payments] == [390879, *[390875] * 12, 33774, 390876]
    assert [each.number for each in found.payments] == list(range(1, 16))
    assert {each.due_on.isoformat() for each in found.payments[13:]} == {"2026-04-06"}
    assert {each.way for each in found.payments} == {"direct_payment"}
    assert (found.earlier, found.owed) == ((), {})


def test_less_at_a_review_comes_out_to_the_penny() -> None:
    """Example H: on 16 November 313.17 were paid too much, so 14 December pays 2,969.23 and the others 3,282.40."""
    before = worked(examples.a(), "a", "2026-03-20")
    found = schedule(worked(examples.h(), "h", "2026-11-02"), [before])
    assert amounts(found) == [
        ("2026-12-14", 296923), ("2027-01-11", 328240), ("2027-02-08", 328240), ("2027-03-08", 328240),
    ]  # fmt: skip
    assert [each.number for each in found.earlier if each.what == "instalment"] == list(range(1, 10))
    paid = sum(each.pence for each in found.due if each.what in REGULAR)
    assert paid == 8 * 390875 + 4 + 359558 + 1312960


def test_more_from_a_day_on_is_paid_on_that_day() -> None:
    """A rise during an instalment that was paid gives the difference on the day itself, and not four weeks later."""
    before = made("a", FIRST, LAST, 1_300_000)
    day = date(2026, 4, 20)
    found = schedule(made("b", day, LAST, 2_450_000, replaces="a", decided="2026-04-10"), [before])
    assert amounts(found, "adjustment") == [("2026-04-20", 98_000 - 50_000)]
    assert [pence for _day, pence in amounts(found)] == [196_000] * 12
    assert sum(each.pence for each in found.due) == 50_000 + 2_450_000


def test_what_is_decided_late_leaves_what_was_due_until_then() -> None:
    """A version that was approved after its first day cannot unpay what the one before it paid meanwhile."""
    before = made("a", FIRST, LAST, 1_300_000)
    found = schedule(made("b", date(2026, 4, 20), LAST, 1_225_000, replaces="a", decided="2026-06-01"), [before])
    assert [each.due_on.isoformat() for each in found.earlier] == ["2026-04-06", "2026-05-04", "2026-06-01"]
    assert amounts(found)[0] == ("2026-06-29", 50_000 + 49_000 + 3 * 98_000 - 3 * 100_000)
    assert amounts(found)[1:] == [(day, 98_000) for day, _pence in amounts(found)[1:]]


def test_a_corrected_version_before_the_first_day_takes_the_place_of_the_other() -> None:
    """Approved again before anything was due, a budget is paid as if there had never been another version."""
    before = made("a", FIRST, LAST, 1_300_000, decided="2026-03-01", once={"dbs": 5_000}, contingency=100_000)
    again = made("a", FIRST, LAST, 2_600_000, number=2, decided="2026-03-20", once={"dbs": 5_000}, contingency=90_000)
    found = schedule(again, [before])
    assert found == replace(schedule(again), before=frozenset({"a 1"}))
    assert found.earlier == ()


def test_what_is_paid_once_is_not_paid_twice() -> None:
    """A newer version of a budget pays of what it paid once before, and of what is put by, only what is more."""
    before = made("a", FIRST, LAST, 1_300_000, once={"dbs": 5_000, "advert": 10_000}, contingency=100_000)
    again = made(
        "a", FIRST, LAST, 1_300_000, number=2, decided="2026-06-10", once={"dbs": 6_000, "advert": 10_000},
        contingency=120_000,
    )  # fmt: skip
    found = schedule(again, [before])
    assert amounts(found, "start_up") == [("2026-06-10", 1_000)]
    assert amounts(found, "contingency") == [("2026-06-10", 20_000)]
    less = schedule(made("b", date(2026, 6, 1), LAST, 1_300_000, replaces="a", contingency=70_000), [before])
    assert less.owed == {"contingency": 30_000}


def test_what_was_paid_too_much_is_taken_off_until_nothing_is_left_and_then_owed() -> None:
    """A payment never falls below nought; the next ones are less, and the audit has the rest."""
    before = made("a", FIRST, LAST, 5_200_000, every="once")
    day = date(2027, 1, 11)
    found = schedule(made("b", day, LAST, 240_000, replaces="a", every="four_weeks", decided="2026-12-01"), [before])
    right = round(Fraction(5_200_000 * 280, 364)) + 240_000
    assert sum(pence for _day, pence in amounts(found)) == 0
    assert found.owed == {"instalment": 5_200_000 - right}


def test_a_budget_that_only_follows_changes_nothing_of_the_one_before() -> None:
    """Where one ends before the next one begins both are paid in full, each on its own days, also one decided late."""
    before, last = made("a", FIRST, LAST, 1_300_000, contingency=100_000), LAST + timedelta(days=364)
    after = made("a", LAST + DAY, last, 1_326_000, number=2, contingency=102_000, decided="2027-06-01")
    found = schedule(after, [before])
    assert len(found.earlier) == 14
    assert [pence for _day, pence in amounts(found)] == [102_000] * 13
    assert amounts(found, "contingency") == [("2027-04-05", 2_000)]


def test_another_budget_of_the_same_person_is_left_alone() -> None:
    """Only versions of the same budget, and of the one that it takes the place of, count."""
    other = made("equipment", FIRST, LAST, 700_000)
    version = made("a", FIRST, LAST, 1_300_000)
    assert schedule(version, [other]) == schedule(version)


@pytest.mark.parametrize(
    "fields",
    [
        {"for": "indicative"}, {"inputs": ""}, {"inputs": 10**5_000}, {"lines": "[1]"}, {"lines": "9" * 9_000},
        {"inputs": '{"budget": {"id": "a"}, "workers": [], "shifts": [], "costs": []}'},
        {"total_contingency": "abc", "total_first": 10**5_000}, {"number": 10**5_000}, {"number": "\u0663"},
    ],
)  # fmt: skip
def test_no_version_breaks_the_rule(fields: dict[str, str | int]) -> None:
    """What cannot be read, or may not be paid, gives no payment; damage beside it is left out."""
    good = made("a", FIRST, LAST, 1_300_000)
    spoilt = Approved("a 1", {**good.fields, **fields}, "no day")
    found = schedule(spoilt, [spoilt, good])
    if fields.keys() & {"for", "inputs", "lines"}:
        assert found == Schedule()
    else:
        assert len(found.payments) == 13
    assert schedule(made("b", date(2026, 6, 1), LAST, 100, replaces="a"), [spoilt]).payments


def rights(chain: list[Content]) -> list[tuple[date, date, int]]:
    """What a chain gives a right to, by a second program: from which day to which day, and pence."""
    version = chain[-1]
    first, last = version.period.first, version.period.last
    earlier = [each for each in range(len(chain) - 1) if chain[each].period.first < first]
    base = rights(chain[: earlier[-1] + 1]) if earlier else []
    there = [each for each in base if each[0] <= first]
    every = {"four_weeks": 28, "once": 10_000}.get(version.every)

    def step(begins: date, number: int) -> date:
        if every:
            return begins + timedelta(days=every * number)
        month = begins.month - 1 + number
        days = (30, 29, 28, 27)
        year, month = begins.year + month // 12, month % 12 + 1
        return next(
            found
            for day in (begins.day, *days)
            if day <= begins.day and (found := read_day(f"{year}-{month:02}-{day:02}"))
        )

    def dates(begins: date, after: date) -> list[date]:
        found = [step(begins, number) for number in range(400) if version.every != "once" or number == 0]
        return [day for day in found if day > after and (last - day).days >= 13]

    def parts(days: list[date], pence: int) -> list[tuple[date, date, int]]:
        each = pence // len(days) if days else 0
        return [
            (day, days[number + 1] - DAY if number + 1 < len(days) else last,
             each + (pence - each * len(days) if number == 0 else 0))
            for number, day in enumerate(days)
        ]  # fmt: skip

    if not there or not there[-1][0] <= first <= there[-1][1]:
        days = sorted({first, *dates(first, first)}) if version.recurring else []
        return [*there, *parts(days, version.recurring)]
    *kept, (begins, ends, pence) = there
    same = chain[earlier[-1]].every == version.every
    anchor = _anchor(chain[: earlier[-1] + 1]) if same else ends + DAY
    days = dates(anchor, first) if version.recurring and version.every != "once" else []
    until = min(ends, last, days[0] - DAY) if days else last
    old = Fraction(pence * (first - begins).days, (ends - begins).days + 1)
    new = Fraction(version.recurring * ((until - first).days + 1), (last - first).days + 1)
    whole = int(new + Fraction(1, 2)) if days else version.recurring
    rest = parts(days, version.recurring - whole)
    return [*kept, (begins, until, int(old + Fraction(1, 2)) + whole), *rest]


def _anchor(chain: list[Content]) -> date:
    """The day from which a chain's dates of payment are counted."""
    version = chain[-1]
    first = version.period.first
    earlier = [each for each in range(len(chain) - 1) if chain[each].period.first < first]
    base = rights(chain[: earlier[-1] + 1]) if earlier else []
    covering = next((each for each in base if each[0] <= first <= each[1]), None)
    if covering is None:
        return first
    before = chain[: earlier[-1] + 1]
    return _anchor(before) if before[-1].every == version.every else covering[1] + DAY


@pytest.mark.parametrize("shard", range(SHARDS))
def test_what_is_paid_in_all_is_what_is_due_in_all(shard: int) -> None:
    """However often an amount changes, what is due by each day and paid comes to what there was a right to.

    The rest stands as owed for the audit, no payment is below nought, and nothing that was paid is forgotten.
    """
    for seed in range(shard, counts.CHANGES, SHARDS):
        versions = changes(seed)
        paid: dict[tuple[str, int], Due] = {}
        for place, version in enumerate(versions):
            found = schedule(version, versions[:place])
            assert found == schedule(version, reversed(versions[:place])), seed
            now = read_day(version.decided_on)
            assert now is not None
            assert {each.number for each in found.payments} == set(range(1, len(found.payments) + 1)), seed
            assert all(type(each.pence) is int and each.pence >= 0 for each in found.due), seed
            due = {(each.version_id, each.number): each for each in found.due}
            assert len(due) == len(found.due), seed
            assert paid.items() <= due.items(), seed
            following = read_day(versions[place + 1].decided_on) if place + 1 < len(versions) else date.max
            assert following is not None
            paid |= {key: each for key, each in due.items() if each.due_on <= following}
        chain = [content for version in versions if (content := approved.read(version)) is not None]
        right = sum(pence for _first, _last, pence in rights(chain))
        in_all = sum(each.pence for each in paid.values() if each.what in REGULAR)
        assert in_all == right + found.owed.get("instalment", 0), seed


def test_the_rules_of_payments_know_no_rounding_numbers() -> None:
    """Neither floats nor decimals stand anywhere in them."""
    (folder,) = phb_tui.domain.payments.__path__
    sources = [path.read_text(encoding="utf-8") for path in Path(folder).rglob("*.py")]
    assert len(sources) > 2
    assert not any("float" in text or "Decimal" in text for text in sources)
