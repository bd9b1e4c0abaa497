"""The worked examples of the budget, as records: who comes when, what is bought, and what must come out in pence."""

from phb_tui.domain.budget.reading.records import Records

Texts = dict[str, str]


def budget(first: str, last: str, **more: str) -> Texts:
    """A budget's own fields."""
    return {"id": "budget", "start_date": first, "end_date": last, **more}


def shift(name: str, worker: str, rate: str, days: dict[str, str], **more: str) -> Texts:
    """A shift with hours for days of the week."""
    return {"id": name, "worker_id": worker, "rate": rate, **days, **more}


def cost(name: str, kind: str, price: str, many: str = "", often: str = "", **more: str) -> Texts:
    """A cost."""
    return {"id": name, "what": name, "kind": kind, "price": price, "many": many, "often": often, **more}


def on(hours: str, *days: str) -> dict[str, str]:
    """The same hours on some days."""
    return dict.fromkeys(days, hours)


WORKING_DAYS = ("mon", "tue", "wed", "thu", "fri")
HALF_AS_MUCH = {"bank_holidays": "premium", "premium": "50"}


def a(allowance: str = "claimed") -> Records:
    """Adult, NHS Continuing Healthcare, three assistants, 52 weeks of one tax year."""
    workers = [{"id": name, "name": f"Assistant {name}", "age": "22_plus"} for name in "ABC"]
    return Records(
        budget("2026-04-06", "2027-04-04", allowance=allowance, contingency_weeks="4"),
        workers,
        [
            shift("a", "A", "14.00", on("8", "mon", "wed", "fri"), **HALF_AS_MUCH),
            shift("b", "B", "14.00", on("8", "tue", "thu")),
            shift("b2", "B", "15.50", on("8", "sat")),
            shift("c", "C", "15.50", on("8", "sun")),
        ],
        [
            *(cost(f"training {name}", "training_time", "14.00", "16", worker_id=name) for name in "ABC"),
            cost("insurance", "insurance", "120.00", often="year"),
            cost("payroll", "payroll", "8.50", often="week"),
            cost("courses", "training_course", "90.00", "3"),
            cost("dbs", "dbs", "49.50", "3"),
            cost("umbrella", "dbs", "13.08", "3"),
            cost("recruitment", "recruitment", "150.00"),
        ],
    )


def b(allowance: str = "claimed") -> Records:
    """Two assistants over two tax years, bank holidays, a sleep-in, one who turns 21."""
    weekdays = on("7", *WORKING_DAYS)
    return Records(
        budget("2026-12-07", "2027-12-05", allowance=allowance, contingency_weeks="4"),
        [
            {"id": "pa1", "name": "Maria", "age": "22_plus"},
            {"id": "pa2", "name": "Tom", "age": "18_20", "turns_on": "2027-06-14"},
        ],
        [
            shift("s1", "pa1", "13.20", weekdays, to_date="2027-03-31", **HALF_AS_MUCH),
            shift("s2", "pa1", "13.80", weekdays, from_date="2027-04-01", **HALF_AS_MUCH),
            shift("s3", "pa2", "12.80", on("6", "sat", "sun"), to_date="2027-03-31"),
            shift("s4", "pa2", "13.40", on("6", "sat", "sun"), from_date="2027-04-01"),
            shift("s5", "pa2", "50.00", on("1", "sat"), sort="sleep_in"),
        ],
        [
            cost("training 1", "training_time", "13.20", "12", worker_id="pa1"),
            cost("training 2", "training_time", "12.80", "12", worker_id="pa2"),
            cost("insurance", "insurance", "120.00", often="year"),
            cost("payroll", "payroll", "8.50", often="week"),
            cost("courses", "training_course", "90.00", "2"),
            cost("dbs", "dbs", "49.50", "2"),
            cost("umbrella", "dbs", "13.08", "2"),
            cost("recruitment", "recruitment", "150.00"),
        ],
    )


def c(health: str = "50", social: str = "50") -> Records:
    """One-off, section 117 aftercare: recovery."""
    return Records(
        budget("2026-12-07", "2027-12-05", nature="one_off", health=health, social=social),
        costs=[
            cost("laptop", "equipment", "379.00"),
            cost("gym", "activity", "29.99", "12"),
            cost("course", "activity", "144.95"),
            cost("bus", "activity", "12.50", "10"),
        ],
    )


def d(contribution: str, price: str, management: str, repairs: str = "") -> Records:
    """A wheelchair: the NHS's part, with what the person adds."""
    found = [cost("chair", "wheelchair", price, contribution=contribution)]
    found += [cost("repairs", "repair", repairs)] if repairs else []
    return Records(budget("2026-12-07", "2027-12-05", nature="wheelchair", management=management), costs=found)


TERMS = """
4 1 2027 - 12 2 2027
22 2 2027 - 25 3 2027
12 4 2027 - 28 5 2027
7 6 2027 - 21 7 2027
2 9 2027 - 22 10 2027
1 11 2027 - 17 12 2027
"""


def e(used: str = "2026/27 9,800.00") -> Records:
    """A child of 9, integrated budget, term time; the employer is the mother."""
    return Records(
        budget(
            "2027-01-04", "2028-01-02", allowance="claimed", allowance_used=used, contingency_weeks="2",
            health="55", social="30", education="15", term_dates=TERMS,
        ),
        [{"id": "pa", "name": "Nia", "age": "22_plus"}],
        [
            shift("term", "pa", "14.00", on("3", *WORKING_DAYS), weeks="term", bank_holidays="off"),
            shift("holiday", "pa", "14.00", on("6", *WORKING_DAYS), weeks="holiday", bank_holidays="off"),
        ],
        [
            cost("training", "training_time", "14.00", "10", worker_id="pa"),
            cost("insurance", "insurance", "120.00", often="year"),
            cost("payroll", "payroll", "8.50", often="week"),
            cost("task", "task_training", "180.00", stream="health"),
            cost("nights", "respite", "90.00", "14", "year", stream="social"),
            cost("app", "equipment", "249.00", stream="education"),
        ],
    )  # fmt: skip


def f() -> Records:
    """A third party holds the money and buys the support."""
    return Records(
        budget("2026-12-07", "2027-12-05", management="third_party", contingency_weeks="2"),
        [{"id": "org", "name": "Invented Support", "employed_as": "provider"}],
        [
            shift("week", "org", "24.60", on("7", *WORKING_DAYS)),
            shift("weekend", "org", "26.90", on("4", "sat", "sun")),
        ],
        [{"id": "fee", "what": "fee", "kind": "management_fee", "percent": "5"}],
    )


def h() -> Records:
    """Less at a review, from example A: assistant C ends."""
    return Records(
        budget(
            "2026-11-30", "2027-04-04", allowance="claimed", allowance_used="2026/27 3,276.29", replaces_id="a",
        ),
        [{"id": name, "name": f"Assistant {name}", "age": "22_plus"} for name in "AB"],
        [
            shift("a", "A", "14.00", on("8", "mon", "wed", "fri"), **HALF_AS_MUCH),
            shift("b", "B", "14.00", on("8", "tue", "thu")),
            shift("b2", "B", "15.50", on("8", "sat")),
        ],
        [
            cost("insurance", "insurance", "120.00", often="year"),
            cost("payroll", "payroll", "8.50", often="week"),
        ],
    )  # fmt: skip
