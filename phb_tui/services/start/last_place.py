"""The last place: the screen to which unlocking returns; stored in the encrypted store."""

import json
from dataclasses import asdict, dataclass

import msgspec

from phb_tui.services.session import Session
from phb_tui.store import key_values


@dataclass(frozen=True, slots=True)
class Place:
    """A screen and what it shows.

    Attributes:
        screen: The screen's name.
        person_id: Whose record; "" for none.
        step: Which step; 0 for none.
        statement: Which statement id; "" for none.
        section: Which section; "" for none.
        family: Whether family view was on.
        theme: The colours chosen.
    """

    screen: str = "caseload"
    person_id: str = ""
    step: int = 0
    statement: str = ""
    section: str = ""
    family: bool = False
    theme: str = ""


def remember(session: Session, place: Place) -> None:
    """Save the current place.

    Raises:
        NotSaved: The disk refuses.
    """
    key_values.put(session.store.db, {"place": json.dumps(asdict(place))})


def recall(session: Session) -> Place:
    """The saved place; the caseload if there is none."""
    # What a newer phb-tui remembered beside these is passed over: a way back must never keep anybody out.
    try:
        return msgspec.json.decode(key_values.get(session.store.db, "place") or "{}", type=Place)
    except (ValueError, RecursionError):
        return Place()
