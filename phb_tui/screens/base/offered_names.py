"""Names that a field offers: of the people who are there, around the person or in the team."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from phb_tui.screens.base import transferred_person

if TYPE_CHECKING:
    from textual.screen import Screen

    from phb_tui.content.form_field import NameSource
    from phb_tui.screens.base.screen import BaseScreen
    from phb_tui.services.visit.names_here import Named


def offered(screen: Screen[object], sources: Sequence[NameSource]) -> list[Named]:
    """The names that a field on a screen offers, as they are now; none on a screen about nobody.

    Args:
        screen: The screen of the field.
        sources: Whose names are offered.
    """
    from phb_tui.services.visit import names_here  # noqa: PLC0415 - the unlock screen has this package and no services

    base = cast("BaseScreen", screen)
    person = transferred_person.person_of(base)
    return names_here.offers(base.session, person.record_id, sources) if person else []
