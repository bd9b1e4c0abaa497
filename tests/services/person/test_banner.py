"""What must be known about a person, on one line each."""

from dataclasses import replace

from phb_tui.services.person import banner
from phb_tui.services.session import Session
from tests.screens.screen_harness import somebody


def test_needs_on_one_line_have_one_mark_between_them(session: Session) -> None:
    """A need that was written as a sentence does not end in a full stop and a semicolon."""
    found = replace(banner.of(session, somebody(session)), communicate=("Face me.", "Large print"))
    assert list(found.support(short=True)) == ["Communicate: Face me; Large print"]
