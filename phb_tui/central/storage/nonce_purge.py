"""Deletes nonces that are no longer needed: a request older than the signature window is refused by its age alone."""

from phb_tui.central.storage.repository import Storage
from phb_tui.sync.signing import WINDOW

RETENTION_SECONDS = 3 * WINDOW
"""How long a nonce is kept. A request is valid while its clock and central's are less than WINDOW apart, so at most
twice WINDOW after it was received; the rest allows for the clocks of several servers."""
PURGE_INTERVAL_SECONDS = WINDOW
"""How often a process of central purges the nonces of one team."""
MAX_PER_PURGE = 1_000
"""How many nonces one purge deletes, so that no request waits long; the next requests delete the rest."""


class NoncePurge:
    """Purges old nonces, team by team.

    Args:
        storage: Central's storage.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._last_purge: dict[str, int] = {}
        """When each team's nonces were last purged completely, in seconds since 1970."""

    def purge(self, team_id: str, now: int) -> None:
        """Delete a team's old nonces, if the last purge is `PURGE_INTERVAL_SECONDS` ago.

        Args:
            team_id: The team.
            now: The time in seconds since 1970.

        Raises:
            CentralBusy: The database cannot be used now.
        """
        if 0 <= now - self._last_purge.get(team_id, -PURGE_INTERVAL_SECONDS) < PURGE_INTERVAL_SECONDS:
            return
        before = now - RETENTION_SECONDS
        if (
            self._storage.write({team_id}, lambda repository: repository.purge_nonces(team_id, before, MAX_PER_PURGE))
            < MAX_PER_PURGE
        ):
            self._last_purge[team_id] = now
