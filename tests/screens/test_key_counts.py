"""How many keys the ten commonest jobs take, counted at a keyboard that sees only what is painted."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from phb_tui.domain.records.changes import Record
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.store import device_status
from phb_tui.store.database import transaction
from tests.screens import sample_payments, sample_screens
from tests.screens.app_harness import agreed, opened, planned
from tests.screens.screen_harness import painted, somebody, type_words

pytestmark = pytest.mark.anyio
PAGE = Path(__file__).parents[2] / "docs" / "keys.md"
KEY = r"(?:^|[^\w])(\w)  {words}"
"""A key as it is painted before the words of its line."""


class Keys:
    """Somebody at the keyboard, whose keys are counted.

    Args:
        pilot: The app, with the list of people.
    """

    def __init__(self, pilot: Pilot[int]) -> None:
        self._pilot = pilot
        self.count = 0

    async def press(self, *keys: str) -> None:
        """Press keys, each of which counts."""
        self.count += len(keys)
        await self._pilot.press(*keys)
        await self._pilot.pause()

    async def write(self, text: str) -> None:
        """Type the words of a field, which do not count."""
        await type_words(self._pilot, text)
        await self._pilot.pause()

    async def line(self, words: str) -> None:
        """Press the digit or letter that stands at the left of a line."""
        found = re.search(KEY.format(words=re.escape(words)), painted(self._pilot), re.MULTILINE)
        assert found, f"no key for {words!r} in:\n{painted(self._pilot)}"
        await self.press(found[1])

    def sees(self, *wanted: str) -> None:
        """Every one of these words is painted."""
        seen = " ".join(re.sub(r"[^\w\s.,:;'?!()+/-]", " ", painted(self._pilot)).split())
        assert [words for words in wanted if words not in seen] == [], painted(self._pilot)


@asynccontextmanager
async def at_the_list(session: Session) -> AsyncIterator[tuple[Keys, Record]]:
    """The list of people at 80 columns and 24 rows, with Annie Example and her daughter, who cares for her."""
    annie = somebody(session, given_name="Annie", family_name="Example", known_as="Annie")
    somebody(session)
    new = record_lists.new(session, "contact", annie.record_id)
    values = {"name": "Beth Example", "relationship": "child", "is_carer": "yes", "contact": "01632 960 001"}
    editing.save(session, new, dict(values))
    with transaction(session.store.db):
        device_status.save_roster(session.store.db, {"people": [["nurse-2", "Sam Officer"]]})
    async with opened(session) as (_app, pilot):
        yield Keys(pilot), annie


def kept(session: Session, kind: str, person: Record) -> list[dict[str, Any]]:
    return [dict(record.fields) for record in record_lists.of(session, kind, person.record_id)]


async def open_annie(keys: Keys) -> None:
    """From the list to her page, by the first letters of her name."""
    await keys.press("a", "n", "n", "enter")
    keys.sees("Annie Example", "Today's visit")


async def open_a_person(keys: Keys, _session: Session, _annie: Record) -> None:
    await open_annie(keys)


async def a_carers_number(keys: Keys, _session: Session, _annie: Record) -> None:
    await open_annie(keys)
    keys.sees("Beth Example 01632 960 001")


async def answer_and_go_on(keys: Keys, session: Session, annie: Record) -> None:
    await open_annie(keys)
    await keys.line("Today's visit")
    await keys.press("enter")
    await keys.line("Continue the conversation")
    keys.sees("statement 1 of 5")
    keys.count = 0
    await keys.press("2", "pagedown")
    keys.sees("statement 2 of 5")
    assert kept(session, "answer", annie)[0]["answer"] == "partly"


async def a_goal_with_an_action(keys: Keys, session: Session, annie: Record) -> None:
    await open_annie(keys)
    await keys.line("My goals")
    await keys.press("f7")
    for text in ("Sing in the choir again", "Ask about a lift", "Beth Example"):
        await keys.write(text)
        await keys.press("tab")
    await keys.write("in 2 weeks")
    await leave(keys)
    (goal,), (action,) = kept(session, "goal", annie), kept(session, "action", annie)
    assert goal["words"] == "Sing in the choir again"
    assert (action["what"], action["who"], action["by_when"]) == ("Ask about a lift", "Beth Example", "2026-12-07")


async def a_carer(keys: Keys, session: Session, annie: Record) -> None:
    await open_annie(keys)
    await keys.line("People")
    await keys.press("f7")
    await keys.write("Tom Sample")
    await keys.press("tab")
    await keys.write("01632 960 002")
    await leave(keys)
    keys.sees("Tom Sample - 01632 960 002")


async def last_time(keys: Keys, _session: Session, _annie: Record) -> None:
    await open_annie(keys)
    await keys.press("f4")
    keys.sees("Last time", "27 March 2026")


async def print_the_plan(keys: Keys, _session: Session, _annie: Record) -> None:
    await open_annie(keys)
    await keys.line("The plan to keep")
    await keys.line("Print the plan")
    keys.sees("The copy is here")


async def a_purchase(keys: Keys, session: Session, annie: Record) -> None:
    sample_payments.paying(session, annie)
    await open_annie(keys)
    await keys.press("5")
    await keys.line("Payments and purchases")
    await keys.press("f7")
    await keys.write("29.99")
    await keys.press("enter")
    await keys.write("The pool")
    await keys.press("enter")
    await keys.line("2026/27 Ada Okafor")
    kept_now = [each for each in kept(session, "purchase", annie) if each["payee"] == "The pool"]
    (bought,) = kept_now
    assert (bought["amount"], bought["date"]) == ("29.99", "2026-11-23")
    assert bought["line"].endswith("2026/27")


async def a_task_for_the_officer(keys: Keys, session: Session, annie: Record) -> None:
    await open_annie(keys)
    await keys.line("To do")
    await keys.press("f7")
    await keys.write("Ask for the form")
    await keys.press("tab")
    keys.sees("Sam Officer")
    await keys.write("Sam Officer")
    await leave(keys)
    (task,) = kept(session, "task", annie)
    assert (task["what"], task["who"]) == ("Ask for the form", "Sam Officer")


async def a_contingency(keys: Keys, session: Session, annie: Record) -> None:
    await open_annie(keys)
    await keys.line("Contingency plans")
    await keys.press("f7")
    await keys.write("Beth is ill")
    await keys.press("tab")
    await keys.write("Ring the agency, then Tom")
    await keys.press("tab")
    await keys.write("Tom Sample")
    await leave(keys)
    (plan,), (call,) = kept(session, "contingency", annie), kept(session, "emergency_contact", annie)
    assert (plan["triggers"], plan["response"], call["name"]) == (
        "Beth is ill",
        "Ring the agency, then Tom",
        "Tom Sample",
    )


async def due_this_week(keys: Keys, _session: Session, _annie: Record) -> None:
    await keys.press("enter")
    keys.sees("Due this week")


async def sync(keys: Keys, _session: Session, _annie: Record) -> None:
    await keys.press("f5")
    keys.sees("Sync")


async def leave(keys: Keys) -> None:
    """Leave the form, which is not part of the job: everything is kept as it is typed."""
    before = keys.count
    await keys.press("escape")
    keys.count = before


Job = Callable[[Keys, Session, Record], Awaitable[None]]
TARGETS: list[tuple[Job, int]] = [
    (open_a_person, 4),
    (a_carers_number, 4),
    (answer_and_go_on, 2),
    (a_goal_with_an_action, 9),
    (a_carer, 7),
    (last_time, 5),
    (print_the_plan, 6),
    (a_task_for_the_officer, 7),
    (a_contingency, 8),
    (a_purchase, 10),
    (due_this_week, 1),
    (sync, 1),
]
"""Each job and the most keys that it may take, from the list of people; letters typed in fields are not counted."""


@pytest.mark.parametrize(("job", "most"), TARGETS, ids=lambda found: getattr(found, "__name__", ""))
async def test_a_job_takes_no_more_keys_than_its_target(job: Job, most: int, session: Session) -> None:
    """Each of the ten commonest jobs is done with as many keys as its target allows, and docs/keys.md says so."""
    async with at_the_list(session) as (keys, annie):
        if job is last_time:
            sample_screens.last_time(session, agreed(session, annie))
        elif job is print_the_plan:
            planned(session, annie)
        await job(keys, session, annie)
        assert keys.count <= most
        assert f"| {job.__name__.replace('_', ' ')} | {keys.count} | {most} |" in PAGE.read_text("utf-8")
