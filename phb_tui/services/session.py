"""Session: the open store, the signed-in nurse and the clock, passed to every use case."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from phb_tui.content.steps import Content
from phb_tui.domain.calendar.timestamps import utc
from phb_tui.domain.records.changes import Authorship, Change
from phb_tui.store.encrypted_store import EncryptedStore
from phb_tui.system import uptime
from phb_tui.system.print_folder import CopiesFolder
from phb_tui.system.uptime import Uptime

if TYPE_CHECKING:
    from phb_tui.domain.payments.statement_csv.choices import StatementChoices


@dataclass(frozen=True, slots=True)
class Nurse:
    """The member of staff who uses this laptop.

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
    """Content of a joining code, which a team lead issues to enrol a laptop.

    Attributes:
        address: Central's address.
        team_id: The team.
        device_id: Id of this laptop at central.
        code: One-time secret that authorises the enrolment.
        central_key: Central's public key in hex, which verifies remote commands.
        nurse: The member of staff whose laptop it is.
    """

    address: str
    team_id: str
    device_id: str
    code: str = field(repr=False)
    central_key: str
    nurse: Nurse


@dataclass(frozen=True, slots=True)
class Session:
    """Everything that a use case needs of an unlocked laptop; its first argument.

    Attributes:
        store: The open store.
        nurse: The member of staff who uses this laptop.
        team_id: The team whose people these are.
        device_id: Id of this laptop at central.
        content: The six steps and everything else that ships as text.
        now: Returns the current time.
        new_id: Returns an id for a new record.
        copies: Private folder for copies to print, the only unencrypted files; removed when the app ends.
        recovered: Changes that were recovered from drafts at unlocking.
        uptime: Returns how long the machine has been running.
        statements: What was chosen about bank statements that were looked at, by person and file; gone when the app
            ends.
    """

    store: EncryptedStore
    nurse: Nurse
    team_id: str
    device_id: str
    content: Content
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    copies_folder: CopiesFolder
    recovered: tuple[Change, ...] = ()
    uptime: Callable[[], Uptime] = uptime.read
    statements: "dict[str, StatementChoices]" = field(default_factory=dict, repr=False)

    @property
    def today(self) -> date:
        """Today's date in the laptop's time zone."""
        return self.now().astimezone().date()

    def authorship(self) -> Authorship:
        """Author, device and time for the next change."""
        return Authorship(self.team_id, self.device_id, self.nurse.id, utc(self.now()))

    def close(self) -> None:
        """Close the store and remove the copies to print; the key is gone when the process ends."""
        try:
            self.store.close()
        finally:
            self.copies_folder.clear()  # whoever started us tries again, and says what stays
