"""Random workers, shifts and costs for random budgets, as the door for checking reads them."""

from datetime import date, timedelta
from random import Random
from typing import Any

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WAYS = ("direct_payment", "notional", "third_party", "managed_account")
STREAMS = ("joint", "health", "social", "education")
KINDS = (
    "training_time", "training_course", "task_training", "insurance", "payroll", "managed_account_fee",
    "management_fee", "recruitment", "dbs", "equipment", "therapy", "activity", "respite", "carer_support", "mileage",
    "consumables", "food", "accommodation", "ending_employment", "wheelchair", "repair", "other",
)  # fmt: skip
OFTEN = ("once", "week", "four_weeks", "month", "year")
AGES = ("22_plus", "21", "18_20", "16_17", "apprentice", "pension_age")
SORTS = ("day", "evening", "waking_night", "sleep_in", "live_in")
WAGES = ("12.21", "12.20", "12.71", "12.70", "10.85", "10.84", "10.00", "8.00", "7.99", "7.55", "13.20", "14", "15.50")


def day_of(value: date) -> str:
    return value.isoformat()


def _money(r: Random, pence: int) -> Any:
    """An amount, written in one of the ways that somebody may write it."""
    pounds, rest = divmod(pence, 100)
    plain = f"{pounds}.{rest:02d}"
    ways: list[Any] = [plain, plain, f"{pounds:,}.{rest:02d}", f"£{plain}", f" £ {pounds:,}.{rest:02d} "]
    if not rest:
        ways += [str(pounds), pounds, f"£{pounds:,}"]
    if not rest % 10:
        ways.append(f"{pounds}.{rest // 10}")
    if not pounds and rest:
        ways += [f"{rest}p", f".{rest:02d}"]
    if rest in {25, 50, 75}:
        ways.append(pence / 100)
    return r.choice(ways)


def _hours(r: Random, minutes: int) -> Any:
    """Hours, written in one of the ways that somebody may write them."""
    hours, rest = divmod(minutes, 60)
    ways: list[Any] = [f"{hours}:{rest:02d}", f"{hours}h{rest:02d}", f"{hours} h {rest:02d}"]
    if not rest:
        ways += [str(hours), hours]
    if rest in {15, 30, 45}:
        ways += [f"{hours}.{rest * 100 // 60:02d}".rstrip("0"), minutes / 60]
    if not hours and rest:
        ways.append(f"{rest} min")
    return r.choice(ways)


def inside(r: Random, start: date, end: date, wider: int = 0) -> date:
    """A day of the period, or up to some days before or after it; sometimes one of its edges or a change of rates."""
    edges = [start, end, start - timedelta(1), end + timedelta(1)]
    edges += [
        day for year in (2026, 2027, 2028, 2029) for day in (date(year, 4, 1), date(year, 4, 5), date(year, 4, 6))
    ]
    edges = [day for day in edges if start - timedelta(wider) <= day <= end + timedelta(wider)]
    if edges and r.random() < 0.3:
        return r.choice(edges)
    return start - timedelta(wider) + timedelta(r.randrange((end - start).days + 1 + 2 * wider))


def worker_of(r: Random, ident: str, start: date, end: date) -> dict[str, Any]:
    sort = r.choices(("employed", "live_in", "self_employed", "agency", "provider", ""), (60, 8, 8, 8, 8, 8))[0]
    worker = {"id": ident, "employed_as": sort, "age": r.choices(AGES, (45, 8, 18, 10, 9, 10))[0]}
    if worker["age"] in {"21", "18_20", "16_17"} or r.random() < 0.05:
        turns = inside(r, start, end, r.choice((0, 0, 0, 200)))
        later = r.choice((0, 0, 0, 1, 3, 4))
        birthday = date(turns.year - later, turns.month, min(turns.day, 28))
        leap = r.choice((date(2024, 2, 29), date(2028, 2, 29)))
        worker["turns_on"] = day_of(leap if r.random() < 0.1 else birthday)
        if r.random() < 0.08:
            worker["turns_on"] = ""
    if r.random() < 0.05:
        worker["age"] = ""
    if r.random() < 0.6:
        worker["pension"] = r.choices(("auto", "opted_in", "opted_out", ""), (4, 3, 2, 1))[0]
    if r.random() < 0.1:
        worker["start_date"] = day_of(inside(r, start, end, 30))
    if r.random() < 0.1:
        worker["end_date"] = day_of(inside(r, start, end, 30))
    return worker


def _own_dates(r: Random, record: dict[str, Any], start: date, end: date, wider: int) -> None:
    first = last = None
    if r.random() < 0.35:
        first = inside(r, start, end, wider)
    if r.random() < 0.35:
        last = inside(r, start, end, wider)
    if first and last and last < first and r.random() < 0.95:
        first, last = last, first
    if first:
        record["from_date"] = day_of(first)
    if last:
        record["to_date"] = day_of(last)


def _where(r: Random, record: dict[str, Any], way: str) -> None:
    """The way and stream of a line; mostly those of its worker."""
    if r.random() < 0.12:
        way = r.choice((*WAYS, ""))
    if way:
        record["management"] = way
    if r.random() < 0.35:
        record["stream"] = r.choice(STREAMS)


def _hours_of(r: Random, shift: dict[str, Any]) -> None:
    """The hours of a shift: on days of the week, or by the week, or (rarely) both."""
    nights = shift["sort"] in {"sleep_in", "live_in"}
    by_week = r.random() < 0.25
    if by_week:
        most = 7 if nights else 48
        shift["weekly"] = _hours(r, 60 * r.randint(0, most) + (0 if nights else r.choice((0, 0, 15, 20, 30))))
        if shift.get("bank_holidays") in {"off", "premium"} or r.random() < 0.1:
            shift["bank_hours"] = _hours(r, 60 if nights else r.choice((0, 60, 90, 240, 480, 1440)))
    if not by_week or r.random() < 0.05:
        minutes = r.choice((0, 15, 45, 60, 180, 210, 195, 360, 425, 480, 600, 1440))
        for day in r.sample(WEEK, r.randint(1, 7)):
            shift[day] = _hours(r, 60 if nights else minutes)


def shift_of(
    r: Random, ident: str, workers: list[dict[str, Any]], ways: dict[str, str], period: tuple[date, date]
) -> Any:
    worker = r.choice(workers)["id"]
    shift: dict[str, Any] = {"id": ident, "worker_id": worker, "sort": r.choices(SORTS, (45, 12, 12, 18, 13))[0]}
    shift["what"] = r.choice(("Washing and dressing", "", "Out and about"))
    if r.random() < 0.45:
        shift["bank_holidays"] = r.choice(("as_usual", "off", "premium", "premium"))
    if shift.get("bank_holidays") == "premium" or r.random() < 0.05:
        shift["premium"] = r.choice(("50", "100", "33.33", "12.5%", "0", 25))
    _hours_of(r, shift)
    if shift["sort"] == "live_in":
        shift["rate"] = _money(r, r.randrange(60_00, 250_00, 50))
        if r.random() < 0.85:
            shift["average"] = _hours(r, r.randrange(240, 900, 15))
    elif shift["sort"] == "sleep_in":
        shift["rate"] = _money(r, r.randrange(20_00, 130_00, 25))
    else:
        shift["rate"] = r.choice(WAGES) if r.random() < 0.5 else _money(r, r.randint(7_00, 35_00))
        if r.random() < 0.02:
            shift["rate"] = "0"
    if r.random() < 0.25:
        shift["weeks"] = r.choice(("every", "term", "holiday", "first_fortnight", "second_fortnight"))
    _own_dates(r, shift, *period, r.choice((0, 0, 40, 400)))
    _where(r, shift, ways.get(worker, ""))
    if shift["sort"] == "day" and r.random() < 0.3:
        del shift["sort"]
    return shift


def cost_of(
    r: Random, ident: str, workers: list[dict[str, Any]], ways: dict[str, str], period: tuple[date, date]
) -> Any:
    kind = r.choice(KINDS) if r.random() < 0.75 or not workers else "training_time"
    cost: dict[str, Any] = {"id": ident, "kind": kind, "what": r.choice(("", "Something"))}
    way = ""
    if kind == "training_time":
        if not workers:
            return {**cost, "kind": "training_course", "price": "90"}
        cost["worker_id"] = r.choice(workers)["id"]
        way = ways.get(cost["worker_id"], "")
        cost |= {"price": r.choice(WAGES), "many": r.choice(("10", "12", "16", "7.5", 6, "1,000", "0.125"))}
        cost["often"] = r.choices(OFTEN, (20, 1, 1, 1, 1))[0]
    elif kind in {"management_fee", "managed_account_fee"} and r.random() < 0.7:
        cost["percent"] = r.choice(("5", "7.5%", "12.07", "0", "100", "3.33"))
        cost["often"] = r.choice(("", "year", "month"))
        way = r.choice(("third_party", "managed_account", "direct_payment", ""))
    else:
        cost["price"] = _money(r, r.choice((0, 1, 50, 8_50, 29_99, 49_50, 120_00, 1_850_00, r.randint(1, 500_000))))
        cost["often"] = r.choice((*OFTEN, ""))
        if r.random() < 0.4:
            cost["many"] = r.choice(("1", "12", "14", "2.5", "0.333", 3, "1.001", "250"))
    _own_dates(r, cost, *period, r.choice((0, 0, 40, 400)))
    _where(r, cost, way)
    if not cost["often"] and r.random() < 0.5:
        del cost["often"]
    if r.random() < 0.02:
        cost["contribution"] = "500.00"
    return cost
