"""What a purchase was paid from is called by the line's name, and never by its id."""

import pytest

from phb_tui.domain.budget import version_content
from phb_tui.services.records import bought_lines, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.screens.screen_harness import somebody
from tests.services.decision.samples import kept_version


@pytest.fixture
def person(session: Session) -> str:
    """Somebody with a kept version of example B."""
    person_id = somebody(session).record_id
    kept_version(session, person_id, examples.b())
    return person_id


def test_every_line_of_a_kept_version_has_a_name_that_is_no_id(session: Session, person: str) -> None:
    """The lines of workers and costs, with their parts by tax year, are named as the version names them."""
    (version,) = record_lists.of(session, "budget_version", person)
    lines = version_content.read_lines(version.text("lines")) or ()
    found = {line.id: bought_lines.name(session, line.id) for line in lines if line.pence > 0}
    assert len(found) > 10
    assert found == {line.id: " ".join(line.label.split()) for line in lines if line.pence > 0}


def test_what_is_not_a_line_of_a_version_is_said_in_words(session: Session, person: str) -> None:
    """No line at all, an id of nothing, damaged text and a record of nobody's budget are words, not ids."""
    assert bought_lines.name(session, bought_lines.NONE) == "none of the lines"
    for strange in ("", "nothing", "a b c d e f", person, "\x1b[31m", "x" * 1_000):
        assert bought_lines.name(session, strange) == "a line of the budget"


def test_a_refused_change_names_lines_and_amounts_as_a_nurse_reads_them(session: Session, person: str) -> None:
    """An id of a line and whole pence are shown as words and pounds; what a colleague kept in their place as it is."""
    (version,) = record_lists.of(session, "budget_version", person)
    line = next(iter(version_content.read_lines(version.text("lines")) or ()))
    assert record_lists.in_words(session, "purchase", "line", line.id) == " ".join(line.label.split())
    assert record_lists.in_words(session, "decision", "value", 160_000) == "£1,600.00"
    assert record_lists.in_words(session, "payment", "due", 1) == "£0.01"
    assert record_lists.in_words(session, "payment", "due", "soon") == "soon"
