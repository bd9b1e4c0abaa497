"""A visit from the unlock screen to central, to a second laptop, into a conflict and out of it."""

import sys
from pathlib import Path

import pytest

from phb_tui.central.storage.repository import Storage
from phb_tui.central.web.views import received_changes
from phb_tui.central.web.views.layout import TeamFrame
from phb_tui.services.records import editing, field_conflicts
from phb_tui.services.session import Session
from phb_tui.services.sync import sync_service
from phb_tui.services.visit import conversation, visits
from tests.journeys import laptops
from tests.journeys.terminal import Terminal
from tests.journeys.visit_steps import walk

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform == "win32", reason="drives a pseudo-terminal, which Windows has not"),
]


def words_on(session: Session) -> dict[str, str]:
    """Everything the laptop shows, field by field."""
    rows = session.store.db.query("SELECT kind, record_id FROM record")
    records = [editing.read(session, row["kind"], row["record_id"], None) for row in rows]
    return {f"{r.kind} {r.record_id} {name}": str(value) for r in records for name, value in r.fields.items()}


def exchange(data: Path) -> None:
    with laptops.opened(data) as session:
        sync_service.sync_now(session, lambda _progress: None)


def answer(data: Path, words: str) -> None:
    """Somebody writes in the first statement's words on this laptop, without a network."""
    with laptops.opened(data) as session:
        person_id = next(
            row["record_id"] for row in session.store.db.query("SELECT * FROM record WHERE kind = 'person'")
        )
        visit = visits.start(session, person_id)
        said = conversation.statement_answer(session, visit, session.content.statements[0])
        conversation.save_answer(session, visit, said.answer, {"words": words})


def test_a_visit_goes_from_the_unlock_screen_to_central(central: tuple[Storage, str], tmp_path: Path) -> None:
    """By keyboard alone a nurse unlocks, walks through a visit, sends it, and it has arrived at central."""
    storage, address = central
    data = laptops.set_up(tmp_path / "one", "laptop-1", address)
    laptops.add_person(data)
    with Terminal(["--data", str(data)]) as terminal:
        laptops.to_the_person(terminal)
        assert len(list(walk(terminal, "zq"))) == 18
        terminal.press("f5")
        terminal.wait("Sync", "Done.", "Up to date")
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
    with laptops.opened(data) as session:
        (team,) = storage.teams()
        assert team.seq > 18
        assert sync_service.status(session).waiting == 0
    frame = TeamFrame(team.team_id, team.name, "Lee", "team lead", "")
    page = storage.read({team.team_id}, lambda tables: received_changes.of_team(tables, team, frame))
    assert "zq words S1-I1" in page
    assert "zq action 2" in page


def test_a_conflict_appears_on_the_later_laptop_and_deciding_ends_it_everywhere(
    central: tuple[Storage, str], tmp_path: Path
) -> None:
    """Two laptops write in one field; the later one shows both versions; its nurse decides; both end the same."""
    _, address = central
    one = laptops.set_up(tmp_path / "one", "laptop-1", address)
    two = laptops.set_up(tmp_path / "two", "laptop-2", address)
    laptops.add_person(one)
    answer(one, "before")
    exchange(one)
    exchange(two)
    answer(one, "sixty millilitres an hour")
    answer(two, "fifty millilitres an hour")
    exchange(one)
    with Terminal(["--data", str(two)]) as terminal:
        laptops.unlock(terminal)
        terminal.wait("Your people", "Ann Example")
        terminal.press("f5")
        terminal.wait("Done.", "1 to decide", "Choose which version is right")
        terminal.press("enter")
        text = terminal.wait("Two versions: 1 of 1", "Keep version 1", "Keep version 2")
        assert "sixty" in text
        assert "fifty" in text
        terminal.press("down", "enter")
        terminal.wait("Nothing left to decide")
        terminal.press("esc", "f5")
        terminal.wait("Done. 1 change sent")
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
    exchange(one)
    with laptops.opened(one) as first, laptops.opened(two) as second:
        assert words_on(first) == words_on(second)
        assert "fifty millilitres an hour" in words_on(first).values()
        assert field_conflicts.conflicts(first) == field_conflicts.conflicts(second) == []
        answers = conversation.all_answers(
            first, next(iter(k.split()[1] for k in words_on(first) if k.startswith("person")))
        )
        assert {v.value for v in editing.history(first, answers[0], "words")} == {
            "before",
            "sixty millilitres an hour",
            "fifty millilitres an hour",
        }


def test_without_central_everything_stays_and_a_sentence_says_so(tmp_path: Path) -> None:
    """Without a connection a sentence says so, and everything still waits to be sent."""
    data = laptops.set_up(tmp_path / "one")
    laptops.add_person(data)
    with Terminal(["--data", str(data)]) as terminal:
        laptops.unlock(terminal)
        terminal.wait("Your people", "Ann Example")
        terminal.press("f5")
        terminal.wait("There is a problem: No connection to the team server", "1 to send")
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
