"""Codes that stand for lines of a text: a line that is changed or taken away after them is noticed."""

import itertools
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from phb_tui.domain.records.changes import Record
from phb_tui.domain.text import coded_lines
from phb_tui.services.records import editing, record_checks, record_lists
from phb_tui.services.session import Session
from tests import stores
from tests.screens.screen_harness import NOW, PASSPHRASE, somebody, unlocked_laptop

VOMITING, DYSPNOEA = "422400008", "267036007"


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Session]:
    """A laptop on which every look at the clock is a second later."""
    with unlocked_laptop(tmp_path):
        pass
    seconds = itertools.count()
    with stores.unlocked(tmp_path / "stores", PASSPHRASE, lambda: NOW + timedelta(seconds=next(seconds))) as session:
        yield session


def coded(laptop: Session, name: str) -> Record:
    """A plan whose two lines were written first and coded afterwards."""
    plan = record_lists.new(laptop, "contingency", somebody(laptop).record_id)
    plan = editing.save(laptop, plan, {name: "Vomiting\nShort of breath"})
    return editing.save(laptop, plan, {record_checks.CODED[name]: f"{VOMITING}\n{DYSPNOEA}"})


def noticed(laptop: Session, plan: Record) -> list[str]:
    """The fields of which it is said that their codes do not fit."""
    return [problem.field for problem in record_checks.problems(laptop, plan) if "codes again" in problem.sentence]


@pytest.mark.parametrize("name", record_checks.CODED)
@pytest.mark.parametrize("now", ["Short of breath", "Short of breath\nVomiting", "Vomiting\nTired", "Vomiting", ""])
def test_a_line_that_moves_away_from_its_code_is_said(laptop: Session, name: str, now: str) -> None:
    """Taken away, moved or reworded after it was coded: the form says so until the codes are written again."""
    plan = coded(laptop, name)
    assert noticed(laptop, plan) == []
    plan = editing.save(laptop, plan, {name: now})
    assert noticed(laptop, plan) == [name]
    plan = editing.save(
        laptop, editing.save(laptop, plan, {record_checks.CODED[name]: ""}), {record_checks.CODED[name]: DYSPNOEA}
    )
    assert noticed(laptop, plan) == []


def test_a_line_without_a_code_may_change() -> None:
    """Lines after the coded ones, lines beside an empty code, and spaces move no code."""
    then = "Vomiting\nShort of breath\nTired"
    assert not coded_lines.moved(VOMITING, then, "Vomiting\nPale\nTired\nCold")
    assert not coded_lines.moved(f"\n{DYSPNOEA}", then, "Pale\n  Short  of breath")
    assert not coded_lines.moved("", then, "")
