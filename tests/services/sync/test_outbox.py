"""What is only on this laptop so far, in words."""

from pathlib import Path

from phb_tui.content import forms
from phb_tui.services.records import editing, record_lists
from phb_tui.services.sync import outbox
from tests.screens.screen_harness import somebody, unlocked_laptop

OTHERS = {"person", "local"}
"""Kinds of which no record is about a person."""


def test_what_waits_is_called_by_its_name(tmp_path: Path) -> None:
    """Whatever kind of record waits to be sent has a name in the list of what waits, never an empty one."""
    kinds = set(forms.kinds()) - OTHERS
    with unlocked_laptop(tmp_path) as session:
        person = somebody(session)
        for kind in kinds:
            editing.save(session, record_lists.new(session, kind, person.record_id), {"words": "Go to choir"})
        (waits,) = outbox.waiting(session)
    assert len(waits.what) > len(kinds) / 2
    assert all(waits.what)
