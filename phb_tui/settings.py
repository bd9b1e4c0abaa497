"""Where things are kept and how the app behaves: one frozen object, made once, passed in."""

from dataclasses import dataclass
from pathlib import Path

LONGEST = 15
"""Minutes without a key after which the app locks at the latest."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the app is told from outside.

    Attributes:
        data: The folder that holds the stores.
        hint: Words to show on the unlock screen below the demo's "Its passphrase is"; only ever set for the demo.
        lock_after: Minutes without a key before the app locks; at most `LONGEST`.
        unsaved: Whether the app locked on a full disk and the words in the last field are lost.
        sync_every: Minutes between exchanges that start by themselves; 0 for none.
    """

    data: Path
    hint: str = ""
    lock_after: int = LONGEST
    sync_every: int = 5
    unsaved: bool = False

    @property
    def stores(self) -> Path:
        """The folder with one folder for each store."""
        return self.data / "stores"


def default_data() -> Path:
    """The user's own data folder: never Documents, which other programs copy to clouds."""
    from platformdirs import user_data_path  # noqa: PLC0415 - only needed when no folder was named

    return user_data_path("phb-tui", appauthor=False)
