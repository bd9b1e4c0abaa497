"""The end of old marks: central notes each request's mark, so that none is answered twice, and forgets it later."""

from phb_tui.central.storage.repository import Storage
from phb_tui.sync.signing import WINDOW

RETENTION_SECONDS = 3 * WINDOW
"""How long a mark is kept. A request is good until its own clock and central's are WINDOW apart, so at most twice that
after it came; the rest is for the clocks of several machines."""
PURGE_INTERVAL_SECONDS = WINDOW
"""How often a process of central's looks for old marks of a team."""
MAX_PER_PURGE = 1_000
"""How many it forgets at once, so that no laptop waits long; what is left over goes with the next requests."""


class NoncePurge:
    """Forgets old marks, team by team.

    Args:
        storage: What central keeps.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._last_purge: dict[str, int] = {}
        """When each team's were last looked through to the end, in seconds since 1970."""

    def purge(self, team_id: str, now: int) -> None:
        """Forget a team's old marks when it is time to.

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
