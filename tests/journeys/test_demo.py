"""The demo's folder goes when the demo ends well, and stays when what somebody typed may still be wanted."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, redirect_stdout
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

import pytest

from phb_tui import demo
from phb_tui.domain.decision.agreements import Standing
from phb_tui.services.budget import budgets
from phb_tui.services.decision import agreements, standing
from phb_tui.services.payments import due, spending
from phb_tui.services.session import Session
from phb_tui.services.start import unlocking
from phb_tui.services.sync import outbox
from phb_tui.settings import Settings
from tests import counts
from tools.pictures import caseload


@pytest.mark.skipif(counts.LIVES == 0, reason="make long starts the whole demo")
@dataclass
class Ran:
    """What was seen while the app would have run, and afterwards.

    Attributes:
        code: With which code the app ended.
        folder: The folder of its laptop.
        money: What its laptop says of the people's money.
        said: What the demo said.
        kept: Whether the folder was there after the end.
    """

    code: int
    folder: Path
    money: list[str]
    said: str = ""
    kept: bool = False


@pytest.fixture(scope="module", params=counts.some([1, 0]))
def ran(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    """The demo, with an app that looks at its laptop and ends."""
    found: list[Ran] = []

    def run(settings: Settings) -> int:
        with closing(unlocking.unlock(settings.data / "stores", demo.PASSPHRASE)) as session:
            found.append(Ran(request.param, settings.data, list(_money(session))))
        return request.param  # type: ignore[no-any-return]

    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()) as said:
        patch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("demo")))
        assert demo.demo(run) == request.param
    yield replace(found[0], said=said.getvalue(), kept=found[0].folder.is_dir())
    shutil.rmtree(found[0].folder, ignore_errors=True)


def _money(session: Session) -> Iterator[str]:
    """What stands about the money of the demo's two people with a budget."""
    for name in ("Annie", "Femi"):
        person_id = caseload.somebody(session, name).record_id
        for found in standing.of_person(session, person_id):
            yield f"{name}: {found.outcome or 'waits'}, confirmed {found.is_confirmed}, to {found.to}"
        for signed, stands in agreements.listed(session, person_id):
            by_both = stands in {Standing.IN_FORCE, Standing.LATER}
            yield f"{name}: {signed.text('kind')}, signed by both {by_both}"
        for payment in due.of_person(session, person_id).payments:
            if payment.paid:
                yield f"{name}: {payment.due.what} of {payment.due.pence} paid, {payment.to_pay} left"
        spent = spending.of_person(session, person_id)
        yield f"{name}: bought for {sum(line.spent for line in spent.lines)}"
    yield f"kept aside: {len(outbox.quarantined(session))}"


def test_the_demo_keeps_its_folder_unless_it_ended_well(ran: Ran) -> None:
    """After a crash the demo's laptop is still there, and it is said where; after a proper end nothing is left."""
    assert ran.kept == bool(ran.code)
    assert (str(ran.folder) in ran.said) == bool(ran.code)


def test_the_demos_decision_is_one_that_central_confirmed(ran: Ran) -> None:
    """Annie's budget is approved, signed and paid, Femi's waits for the panel; central refused nothing."""
    assert ran.money == [
        "Annie: approved, confirmed True, to demo-lead",
        "Annie: direct_payment, signed by both True",
        "Annie: start_up of 27516 paid, 0 left",
        "Annie: bought for 10758",
        "Femi: waits, confirmed False, to panel",
        "Femi: bought for 0",
        "kept aside: 0",
    ]


def test_the_demo_has_an_ongoing_and_a_one_off_budget() -> None:
    """They come out as examples B and C to the penny, and nothing of them is left out."""
    with caseload.laptop() as (session, _data):
        found = {}
        for name in ("Annie", "Femi"):
            person_id = caseload.somebody(session, name).record_id
            for budget in budgets.all_of(session, person_id):
                worked = budgets.worked(session, budgets.read(session, budget))
                found[budget.text("name")] = (worked.totals.first, worked.problems)
    assert found == {"From December": (4613246, ()), "Support to recover": (100883, ())}
