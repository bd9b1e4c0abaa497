"""The one status of an action, and how records of earlier versions with a mark beside it are read."""

import pytest

from phb_tui.content import statuses
from phb_tui.domain.records.changes import Record, Value


@pytest.mark.parametrize(
    ("fields", "code", "ended"),
    [
        ({}, "", False),
        ({"status": "planned"}, "planned", False),
        ({"status": "not_done"}, "not_done", False),
        ({"status": "done"}, "done", True),
        ({"status": "refused"}, "refused", True),
        ({"status": "cancelled"}, "cancelled", True),
        ({"done": "yes"}, "done", True),
        ({"status": "planned", "done": "yes"}, "done", True),
        ({"status": "cancelled", "done": "yes"}, "cancelled", True),
        ({"status": "planned", "done": ""}, "planned", False),
        ({"status": "done", "done": ""}, "", False),
    ],
)
def test_the_mark_of_earlier_versions_decides_whether_an_action_is_done(
    fields: dict[str, Value],
    code: str,
    ended: bool,  # noqa: FBT001 - a column of the table above
) -> None:
    """With the mark an action is done whatever its choice says, and without it the choice alone says so."""
    action = Record("t", "action", "r", "p", fields)
    assert (statuses.code(action), statuses.has_ended(action)) == (code, ended)
    assert bool(statuses.words(action)) is ended


def test_a_task_has_its_mark_alone() -> None:
    """A kind without a choice of a status has ended by its mark."""
    assert statuses.has_ended(Record("t", "task", "r", "p", {"done": "yes"}))
    assert statuses.words(Record("t", "task", "r", "p", {"done": "yes"})) == "Done"
    assert statuses.with_mark("task", {"status": "done"}) == {"status": "done"}


@pytest.mark.parametrize(("status", "mark"), [("done", "yes"), ("planned", ""), ("cancelled", ""), ("", "")])
def test_a_status_is_kept_with_its_mark(status: str, mark: str) -> None:
    """Laptops that have not been updated read the mark, so it is kept with every status."""
    assert statuses.with_mark("action", {"status": status}) == {"status": status, "done": mark}
