"""Benchmark of central working kept versions of budgets out again, against the rules alone on the same budgets."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from benchmarks import central_process
from benchmarks.report import limit, ratio_in_turn
from phb_tui.central.exchange.sync_service import SyncService
from phb_tui.central.storage.repository import Storage
from phb_tui.domain.budget import version_content, work
from phb_tui.domain.budget.inputs import Policy
from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.records.changes import Change, SyncPosition, Value
from tests import factories
from tests.domain.budget import examples

BUDGETS, VERSIONS, REQUEST = 50, 5_000, 100
"""Budgets of as many people, versions of them, and versions of a request: a laptop sends a megabyte at most."""
SECONDS = 30
DEVICE = "d0"
RATES = factories.LAW.shipped


def worked_out_again() -> None:
    """Processor time of 5,000 versions of 35 lines over two tax years, with checks, merge and log, in one process."""
    storage = Storage.on_sqlite(None)
    factories.admit(storage, central_process.TEAM, DEVICE, factories.nurse(DEVICE))
    service = SyncService(storage, lambda: datetime.now(UTC), factories.KEY, factories.LAW)
    budgets = [budget_of(number) for number in range(BUDGETS)]
    last, prev = 0, ""

    def request(changes: list[Change]) -> Callable[[], None]:
        nonlocal last, prev
        made, prev = central_process.in_order(changes, last, prev)
        last += len(made)
        asked, expected = central_process.asking(DEVICE, made), last

        def send() -> None:
            reply = service.sync(asked)
            assert (reply.ack, reply.refused) == (expected, ())

        return send

    for person_id, records in budgets:
        request(list(records_of(person_id, records)))()
    versions = [_version(*budgets[number % BUDGETS], number) for number in range(VERSIONS)]
    turns = []
    for start in range(0, VERSIONS, REQUEST):
        some = versions[start : start + REQUEST]
        texts = [str(version.fields["inputs"]) for version in some]
        turns.append(([_used(request(some))], [_used(partial(_rules_alone, texts))]))
    storage.close()
    limit(f"{VERSIONS:,} budgets worked out again at central", sum(ours[0] for ours, _bare in turns), SECONDS * 1_000)
    ratio_in_turn(f"{REQUEST} of them, to the rules alone", turns, 2)


def _used(run: Callable[[], None]) -> float:
    """Milliseconds of one core."""
    started = time.process_time()
    run()
    return (time.process_time() - started) * 1_000


def _rules_alone(texts: list[str]) -> None:
    for text in texts:
        records = version_content.read_inputs(text)
        assert records is not None
        version_content.content(records, work.work(records, RATES, Policy()))


def budget_of(number: int) -> tuple[str, Records]:
    """A person with the budget of example B, each record with an id of its own."""
    found, name = examples.b(), f"p{number}"

    def own(texts: dict[str, str]) -> dict[str, str]:
        links = {"id", "worker_id"} & texts.keys()
        return {**texts, **{link: f"{name}-{texts[link]}".replace(" ", "-") for link in links}}

    lists = ([own(dict(texts)) for texts in each] for each in found[1:])
    return name, Records(own(dict(found.budget)), *lists)


def records_of(person_id: str, records: Records) -> list[Change]:
    """The changes that write a person's budget."""
    lists = {"worker": records.workers, "shift": records.shifts, "cost": records.costs}
    found = [change("budget", str(records.budget["id"]), person_id, dict(records.budget))]
    for kind, each in lists.items():
        parent = {} if kind == "worker" else {"budget_id": records.budget["id"]}
        found += [change(kind, texts["id"], person_id, {**texts, **parent}) for texts in each]
    return found


def _version(person_id: str, records: Records, number: int) -> Change:
    fields: dict[str, Value] = {
        **version_content.content(records, work.work(records, RATES, Policy())),
        "number": str(1 + number // BUDGETS), "budget_id": records.budget["id"], "rates": RATES.version,
        "built_by": version_content.built_by([factories.nurse(DEVICE).id]),
    }  # fmt: skip
    return change("budget_version", f"{person_id}-version-{number}", person_id, fields)


def change(kind: str, record_id: str, person_id: str, fields: dict[str, Value], device: str = DEVICE) -> Change:
    """A change of a record by whoever works on a laptop."""
    return Change(
        central_process.TEAM, device, kind, record_id, person_id,
        {name: value for name, value in fields.items() if name != "id"}, {}, SyncPosition(),
        factories.nurse(device).id, "2026-11-26T09:00:00.000Z",
    )  # fmt: skip
