"""The worked examples A, B, E and H, as the door for checking reads them, and short ways to write such budgets."""

from typing import Any

WEEKDAYS = "mon tue wed thu fri"
TERMS = [
    "4 1 2027 - 12 2 2027",
    "22 2 2027 - 25 3 2027",
    "12 4 2027 - 28 5 2027",
    "7 6 2027 - 21 7 2027",
    "2 9 2027 - 22 10 2027",
    "1 11 2027 - 17 12 2027",
]


def shift(ident: str, worker: str, days: str, hours: str, rate: str, **more: str) -> dict[str, Any]:
    """A shift with the same hours on each of some days."""
    return {"id": ident, "worker_id": worker, **dict.fromkeys(days.split(), hours), "rate": rate, **more}


def cost(ident: str, kind: str, price: str, often: str = "once", **more: str) -> dict[str, Any]:
    """A cost."""
    return {"id": ident, "kind": kind, "price": price, "often": often, **more}


def given(budget: dict[str, Any], workers: list[dict[str, Any]], *lines: dict[str, Any]) -> dict[str, Any]:
    """What the door for checking reads: lines with a rate are shifts, the others costs."""
    shifts = [line for line in lines if "rate" in line]
    costs = [line for line in lines if "rate" not in line]
    return {"budget": budget, "workers": workers, "shifts": shifts, "costs": costs, "policy": None}


def pence(result: dict[str, Any]) -> dict[str, int]:
    """The pence of each line by its id."""
    return {line["id"]: line["pence"] for line in result["lines"]}


def training(worker: str, hours: str, rate: str) -> dict[str, Any]:
    """The training time of a worker."""
    return cost(f"{worker} training", "training_time", rate, many=hours, worker_id=worker)


def example_a(allowance: str = "claimed") -> dict[str, Any]:
    """Three employed personal assistants for 52 weeks (facts.md 4.4)."""
    budget = {
        "start_date": "2026-04-06",
        "end_date": "2027-04-04",
        "allowance": allowance,
        "contingency_weeks": "4",
        "contingency_held": "person",
    }
    return given(
        budget,
        [{"id": worker, "age": "22_plus"} for worker in "ABC"],
        shift("a", "A", "mon wed fri", "8", "14", bank_holidays="premium", premium="50"),
        shift("b", "B", "tue thu", "8", "14"),
        shift("b2", "B", "sat", "8", "15.50"),
        shift("c", "C", "sun", "8", "15.50"),
        *(training(worker, "16", "14") for worker in "ABC"),
        cost("insurance", "insurance", "120", "year"),
        cost("payroll", "payroll", "8.50", "week"),
        cost("course", "training_course", "90", many="3"),
        cost("dbs", "dbs", "49.50", many="3"),
        cost("umbrella", "dbs", "13.08", many="3"),
        cost("advert", "recruitment", "150"),
    )


def example_b(allowance: str = "claimed") -> dict[str, Any]:
    """Two personal assistants over two tax years, one of them of 20."""
    budget = {
        "start_date": "2026-12-07",
        "end_date": "2027-12-05",
        "allowance": allowance,
        "contingency_weeks": "4",
    }
    week, weekend = WEEKDAYS, "sat sun"
    half = {"bank_holidays": "premium", "premium": "50"}
    return given(
        budget,
        [
            {"id": "pa1", "age": "22_plus"},
            {"id": "pa2", "age": "18_20", "turns_on": "2027-06-14"},
        ],
        shift("s1", "pa1", week, "7:00", "13.20", to_date="2027-03-31", **half),
        shift("s2", "pa1", week, "7:00", "13.80", from_date="2027-04-01", **half),
        shift("s3", "pa2", weekend, "6:00", "12.80", to_date="2027-03-31"),
        shift("s4", "pa2", weekend, "6:00", "13.40", from_date="2027-04-01"),
        shift("night", "pa2", "sat", "1:00", "50.00", sort="sleep_in"),
        training("pa1", "12", "13.20"),
        training("pa2", "12", "12.80"),
        cost("insurance", "insurance", "120.00", "year"),
        cost("payroll", "payroll", "8.50", "week"),
        cost("course", "training_course", "90.00", many="2"),
        cost("dbs", "dbs", "49.50", many="2"),
        cost("umbrella", "dbs", "13.08", many="2"),
        cost("advert", "recruitment", "150.00"),
    )


def example_e(used: str) -> dict[str, Any]:
    """A child's integrated budget with terms, three funders and an allowance that is partly used."""
    budget = {
        "start_date": "2027-01-04",
        "end_date": "2028-01-02",
        "allowance": "claimed",
        "allowance_used": [f"2026/27 {used}"],
        "contingency_weeks": "2",
        "term_dates": TERMS,
        "health": "55",
        "social": "30",
        "education": "15",
    }
    return given(
        budget,
        [{"id": "pa", "age": "22_plus"}],
        shift("term", "pa", WEEKDAYS, "3:00", "14", weeks="term", bank_holidays="off"),
        shift("holiday", "pa", WEEKDAYS, "6:00", "14", weeks="holiday", bank_holidays="off"),
        training("pa", "10", "14"),
        cost("insurance", "insurance", "120", "year"),
        cost("payroll", "payroll", "8.50", "week"),
        cost("task", "task_training", "180", stream="health"),
        cost("nights", "respite", "90", "year", many="14", stream="social"),
        cost("app", "other", "249", stream="education"),
    )


def example_h() -> dict[str, Any]:
    """The smaller budget that takes over from example A, without its third worker."""
    budget = {
        "start_date": "2026-11-30",
        "end_date": "2027-04-04",
        "allowance": "claimed",
        "allowance_used": ["2026/27 3,276.29"],
        "replaces_id": "a",
    }
    before = example_a()
    lines = [line for line in before["shifts"] if line["id"] != "c"]
    fixed = [line for line in before["costs"] if line["id"] in {"insurance", "payroll"}]
    return given(budget, before["workers"][:2], *lines, *fixed)
