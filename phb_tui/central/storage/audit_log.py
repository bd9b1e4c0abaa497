"""Audit log of each team as a hash chain, so that a changed or deleted line is detected."""

import hashlib

from phb_tui.central.storage.repository import Repository
from phb_tui.domain.records.changes import canonical


def append(repository: Repository, team_id: str, *words: str) -> None:
    """Append a line to a team's audit log; it names staff and devices by their ids, and never a person in a record.

    Args:
        repository: The repository of the transaction that makes the change, so that neither is kept without the other.
        team_id: The team; its row is locked, so that lines come one after the other.
        words: Up to four texts: when (ISO 8601 UTC); who (a staff id or "administrator"); what, such as "let a laptop
            in"; and about what, such as the laptop's id, if that is not clear.
    """
    repository.lock_team(team_id)
    number, before = repository.last_audit(team_id)
    at, who, what, about = (*words, "")[:4]
    line = (at, who, what, about)
    repository.add_audit(team_id, number + 1, line, _hash(number + 1, line, before))


def first_broken_link(repository: Repository, team_id: str) -> int:
    """The number of the first line that is missing or does not match its hash; 0 when the chain is intact."""
    before = ""
    for expected, (number, at, who, what, about, found) in enumerate(repository.audit(team_id), start=1):
        if number != expected or found != _hash(number, (at, who, what, about), before):
            return expected
        before = found
    return 0


def _hash(number: int, words: tuple[str, str, str, str], before: str) -> str:
    return hashlib.sha256(canonical([number, *words, before]).encode()).hexdigest()
