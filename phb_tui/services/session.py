"""What every use case is given: the open store, who is at the keyboard, the clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from phb_tui.content.steps import Content
from phb_tui.domain.calendar.timestamps import utc
from phb_tui.domain.records.changes import Authorship, Change
from phb_tui.store.encrypted_store import EncryptedStore
from phb_tui.system import uptime
from phb_tui.system.print_folder import CopiesFolder
from phb_tui.system.uptime import Uptime

CODE = "phb2."
"""How a joining code begins; the number is its form's."""


@dataclass(frozen=True, slots=True)
class Nurse:
    """Who is at the keyboard.

    Attributes:
        id: The staff id that every change carries.
        name: The name shown to others.
        role: "nurse advisor" or "PHB officer".
    """

    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Joining:
    """What a team lead gives a laptop, in one code to paste: where central is, and who joins there.

    Attributes:
        address: Central's address.
        team_id: The team.
        device_id: What this laptop is called at central.
        code: What lets it join, once.
        central_key: Central's public key in hex; the laptop takes orders from nobody else.
        nurse: Whose laptop it is.
    """

    address: str
    team_id: str
    device_id: str
    code: str = field(repr=False)
    central_key: str
    nurse: Nurse


@dataclass(frozen=True, slots=True)
class Session:
    """An unlocked laptop; the first argument of every use case.

    Attributes:
        store: The open store.
        nurse: Who is at the keyboard.
        team_id: The team whose people these are.
        device_id: This laptop.
        content: The six steps and everything else that ships as text.
        now: The time.
        new_id: A new record's id.
        copies: The folder for copies to print, the only words that are ever not encrypted; removed when the app ends.
        recovered: What was being typed when the laptop last stopped, already kept.
        uptime: How long the machine has been on.
    """

    store: EncryptedStore
    nurse: Nurse
    team_id: str
    device_id: str
    content: Content
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    copies: CopiesFolder
    recovered: tuple[Change, ...] = ()
    uptime: Callable[[], Uptime] = uptime.read

    @property
    def today(self) -> date:
        """The day it is where the laptop is."""
        return self.now().astimezone().date()

    def authorship(self) -> Authorship:
        """Who, where and when, for the next change."""
        return Authorship(self.team_id, self.device_id, self.nurse.id, utc(self.now()))

    def close(self) -> None:
        """Let go of the store and remove the copies to print; the key goes with the process."""
        try:
            self.store.close()
        finally:
            self.copies.clear()  # whoever started us tries again, and says what stays
