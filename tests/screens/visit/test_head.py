"""The head: one row with who and where, and what must be known in as few rows as it takes."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from phb_tui.content import forms, sections
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.forms.form_pages import FormPages
from phb_tui.screens.frame.head import MOST, HeadBar
from phb_tui.screens.frame.head_lines import cut_middle, fold
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.person.section import SectionScreen
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from tests.screens.app_harness import opened
from tests.screens.screen_harness import somebody
from tests.screens.team_harness import painted
from tests.screens.test_every_screen import ours
from tests.screens.visit.test_alerts import watched

pytestmark = pytest.mark.anyio


@given(
    st.lists(st.text("abcé", min_size=1, max_size=90), max_size=8),
    st.lists(st.text("xyz", min_size=1, max_size=60), max_size=3),
    st.integers(30, 120),
    st.integers(3, 9),
)
def test_lines_that_are_hidden_or_cut_lead_to_f8(first: list[str], rest: list[str], width: int, most: int) -> None:
    """Whatever is at the top fits; all is there whole, or the end of the last row names the key and the number."""
    first, rest = (
        [f"<a{at}>{words}" for at, words in enumerate(first)],
        [f"<n{n}>{words}" for n, words in enumerate(rest)],
    )
    made = [row.plain for row in fold(first, rest, width, most)]
    assert len(made) <= most
    assert all(len(line) <= width for line in made)
    tail = re.search(r"  ((\d+) more: )?F8$", made[-1]) if made else None
    text = "\n".join([*made[:-1], made[-1].removesuffix(tail[0] if tail else "")]) if made else ""
    parts = re.findall(r"<[^<\n]*?(?=   <|\n|$| *$)", text)
    hidden = len(first) + len(rest) - len(parts)
    assert hidden <= max(len(first) + len(rest) - most, 0)
    assert (int(tail[2] or 0) if tail else 0) == hidden
    assert (tail is not None) == (
        hidden > 0 or not {part.strip() for part in parts} <= {w.strip() for w in [*first, *rest]}
    )
    assert not rest or "<n" in text
    assert not first or made[0].startswith(first[0][: width - 24])


def test_short_lines_share_a_row_and_the_key_is_named_once() -> None:
    """Two alerts that fit side by side are one row with a mark each; one that is cut adds one "F8" at the end."""
    first, rest = (
        ["! Dog loose", "! Safeguarding: son"],
        ["Carer: BSL interpreter", "Adjustments: " + "after eleven " * 9],
    )
    rows = [row.plain for row in fold(first, rest, 78, 4)]
    assert rows[0] == "! Dog loose   ! Safeguarding: son   Carer: BSL interpreter"
    assert rows[1].startswith("Adjustments: after eleven")
    assert rows[1].endswith("…  F8")
    assert "".join(rows).count("F8") == 1
    counted = [row.plain for row in fold(["! 2 staff alerts: F8"], rest, 78, 4, named=True)]
    assert "".join(counted).count("F8") == 1


async def test_the_head_keeps_every_row_when_the_window_changes(session: Session) -> None:
    """Made smaller or larger, the window shows every line that the head then has: none is under the page."""
    person = watched(session)
    editing.save(session, person, {"communication": "Speak slowly", "family_name": "Price of the Long Name " * 2})
    async with opened(session, (160, 48)) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        for size in [(80, 24), (60, 20), (160, 48), (80, 24), (40, 12)]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            head = app.screen.query_one(HeadBar)
            assert head.content_size.height == Content(str(head.content)).get_height({}, head.content_size.width), size
            assert "ommunicate: Speak slowly" in painted(pilot)


def headings(person_id: str) -> set[str]:
    """What stands as the place of every screen, step, section, page of a form and statement."""
    form_pages = {
        pages.heading(at)
        for kind in forms.kinds()
        for pages in [FormPages(forms.form(kind), lambda _page: True)]
        for at in range(len(forms.form(kind).pages))
    }
    titles = {str(screen.TITLE) for screen in ours(BaseScreen) if screen.TITLE}
    steps = {SectionScreen(person_id, section).heading() for section in sections.sections()}
    found = titles | steps | form_pages | {"Step 6 of 6, statement 10 of 10"}
    return found | {f"Help: {heading}" for heading in found}


async def test_no_heading_is_cut_at_80_columns(session: Session) -> None:
    """Whoever it is about, the place stands whole, beside the person or in a row of its own below."""
    found = headings("somebody")
    assert len(found) > 150
    assert {title for title in found if cell_len(title) > MOST} == set()
    person = editing.save(session, somebody(session), {"date_of_birth": "1940-03-27", "nhs_number": "9990000018"})
    names = ("Price", "Konstantinopolitanskaya-Featherstonehaugh", "Price of the Long Name " * 3)
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        await pilot.pause()
        head = app.screen.query_one(HeadBar)
        for whom in (None, *(replace(person, fields={**person.fields, "family_name": name}) for name in names)):
            for where in found:
                head.show(whom, where, family=False)
                rows = str(head.content).split("\n")
                assert rows[-1].endswith(where), where
                assert whom is None or "27 Mar 1940 · NHS ...0018" in str(head.content)


async def test_a_step_says_its_whole_name(session: Session) -> None:
    """The page of a step says its number and all of its name at 80x24, and its lines are all there."""
    person = editing.save(session, somebody(session), {"date_of_birth": "1940-03-27", "nhs_number": "9990000018"})
    async with opened(session) as (app, pilot):
        for step in (3, 5, 6):
            await app.push_screen(SectionScreen(person.record_id, sections.section(f"step-{step}")))
            await pilot.pause()
            title = sections.section(f"step-{step}").title
            assert f"Step {step} of 6: {title}" in painted(pilot)
            assert "Mark step as complete" in painted(pilot)


async def test_a_long_name_of_a_budget_takes_one_row_of_the_head(session: Session) -> None:
    """Only what somebody wrote at length is cut, before the page that is at its end."""
    person = editing.save(session, somebody(session), {"date_of_birth": "1940-03-27"})
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        await pilot.pause()
        head = app.screen.query_one(HeadBar)
        head.show(person, "The budget: " + "for everything " * 90 + " ·  Page 1 of 2", family=False)
        place = str(head.content).split("\n")[1:]
        assert [row.endswith("… · Page 1 of 2") and cell_len(row) <= MOST + 2 for row in place] == [True]


@pytest.mark.parametrize(
    ("width", "shown"), [(29, "Step 4 of 6, statement 1 of 5"), (18, "statement 1 of 5"), (12, "Step 4 of 6…")]
)
def test_the_statement_one_is_at_outlives_a_long_name(width: int, shown: str) -> None:
    """Where a long name leaves little room, the statement or page stands alone before it would be cut."""
    assert cut_middle("Step 4 of 6, statement 1 of 5", width) == shown


@pytest.mark.parametrize("width", range(8, 40))
def test_a_number_in_the_place_is_never_cut_before_its_thousands(width: int) -> None:
    """A comma within a number, or a dot within a word, separates nothing: "£3,275.54" is never shown as "275.54"."""
    whole = "£3,275.54 due on 7 December 2026"
    assert whole.startswith(cut_middle(whole, width).rstrip("…"))
    parts = cut_middle("Regular payment · £3,275.54 left to pay", max(width, 24))
    assert parts.endswith("£3,275.54 left to pay")
