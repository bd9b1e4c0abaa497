"""What this process has read of a team's sealed versions, which takes longer than all else that is asked of them."""

from typing import NamedTuple

from phb_tui.central.storage.models import Team
from phb_tui.central.storage.repository import Repository
from phb_tui.domain.decision.asked_version import AskedVersion

MOST_REMEMBERED, MOST_TEAMS = 4_000, 50
"""Of one team, and teams; a version takes about 1 kB, so all of them at most 200 MB."""
MOST_LETTERS = 1_000
"""Of the texts of one version; a longer one is read each time."""


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
        seq, moment: The team's position when an exchange last asked, with its chain and when central took that change;
            a history that has both has all that was read. The chain alone does not say so: what came by a handover, or
            was kept aside, may be something else after a backup was put back.
    """

    def __init__(self) -> None:
        self.seq, self.moment = 0, NO_MOMENT
        self._found: dict[tuple[str, int], KnownVersion] = {}
        """By id and the sequence number at which it last changed."""

    def get(self, record_id: str, seq: int) -> KnownVersion | None:
        """What is known of a record that last changed at a sequence number."""
        return self._found.get((record_id, seq))

    def remember(self, record_id: str, seq: int, known: KnownVersion) -> None:
        """Remember a record as it was committed; what this exchange itself wrote may still be rolled back."""
        if seq > self.seq or (known.version is not None and _letters(known.version) > MOST_LETTERS):
            return
        if len(self._found) >= MOST_REMEMBERED:
            self._found.clear()
        self._found[record_id, seq] = known


NO_MOMENT = ("", "")
"""Of a team without changes."""
_OF_TEAMS: dict[tuple[str, int], KnownVersions] = {}
"""By team and epoch."""


def of_team(repository: Repository, team: Team) -> KnownVersions:
    """What is known of a team's versions; nothing where its history is another one, as after a backup was put back.

    Args:
        repository: The transaction.
        team: The team, locked, as it was before this exchange.
    """
    known = _OF_TEAMS.get((team.team_id, team.epoch)) or KnownVersions()
    moments = repository.moments(team.team_id, known.seq, team.seq)
    if moments.get(known.seq, NO_MOMENT) != known.moment:
        known = KnownVersions()
    if len(_OF_TEAMS) >= MOST_TEAMS and (team.team_id, team.epoch) not in _OF_TEAMS:
        _OF_TEAMS.clear()
    _OF_TEAMS[team.team_id, team.epoch] = known
    known.seq, known.moment = team.seq, moments.get(team.seq, NO_MOMENT)
    return known


def _letters(version: AskedVersion) -> int:
    return len(version.nature) + sum(map(len, version.built_by))
