"""What this process has read of a team's sealed versions, which takes longer than all else that is asked of them."""

from typing import NamedTuple

from phb_tui.central.storage.models import Team
from phb_tui.central.storage.repository import Repository
from phb_tui.domain.decision.asked_version import AskedVersion

MOST_REMEMBERED = 20_000
"""Of one team; a version takes about 1 kB."""
MOST_TEAMS = 50


class KnownVersion(NamedTuple):
    """What is known of a sealed version of a budget or a plan.

    Attributes:
        version: What a decision needs of a budget's; None for a plan's.
    """

    kind: str
    person_id: str
    number: int
    version: AskedVersion | None = None


class KnownVersions:
    """The sealed versions of a team that were read, as far as its history is still the one in which they were.

    Attributes:
        seq, chain: The team's position when an exchange last asked; a history that has it has all that was read.
    """

    def __init__(self, team: Team) -> None:
        self.seq, self.chain = team.seq, team.chain
        self._found: dict[tuple[str, int], KnownVersion] = {}
        """By id and the sequence number at which it last changed."""

    def get(self, record_id: str, seq: int) -> KnownVersion | None:
        """What is known of a record that last changed at a sequence number."""
        return self._found.get((record_id, seq))

    def remember(self, record_id: str, seq: int, known: KnownVersion) -> None:
        """Remember a record as it was committed; what this exchange itself wrote may still be rolled back."""
        if seq > self.seq:
            return
        if len(self._found) >= MOST_REMEMBERED:
            self._found.clear()
        self._found[record_id, seq] = known


_OF_TEAMS: dict[tuple[str, int], KnownVersions] = {}
"""By team and epoch."""


def of_team(repository: Repository, team: Team) -> KnownVersions:
    """What is known of a team's versions; nothing where its history is another one, as after a backup was put back.

    Args:
        repository: The transaction.
        team: The team, locked, as it was before this exchange.
    """
    known = _OF_TEAMS.get((team.team_id, team.epoch))
    if known is None or not _is_same_history(repository, team, known):
        if len(_OF_TEAMS) >= MOST_TEAMS:
            _OF_TEAMS.clear()
        known = _OF_TEAMS[team.team_id, team.epoch] = KnownVersions(team)
    known.seq, known.chain = team.seq, team.chain
    return known


def _is_same_history(repository: Repository, team: Team, known: KnownVersions) -> bool:
    if team.seq == known.seq:
        return team.chain == known.chain
    return team.seq > known.seq and repository.chain_at(team.team_id, known.seq) == known.chain
