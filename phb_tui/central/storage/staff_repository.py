"""Who works in a team, and what the provider that they sign in with calls them."""

from phb_tui.central.storage import queries
from phb_tui.central.storage.engine import Transaction
from phb_tui.central.storage.models import Staff, TeamMembership


class StaffRepository:
    """The tables about people at work, within one transaction.

    Args:
        run: The transaction.
    """

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def staff(self, team_id: str) -> list[Staff]:
        """Who works in a team."""
        return [Staff(*row) for row in self._tx.fetch(queries.SELECT_STAFF, team_id)]

    def staff_member(self, team_id: str, staff_id: str) -> Staff | None:
        """Somebody who works in a team."""
        rows = self._tx.fetch(queries.SELECT_STAFF_MEMBER, team_id, staff_id)
        return Staff(*rows[0]) if rows else None

    def save_staff(self, team_id: str, staff: Staff) -> None:
        """Add somebody, or give them another name or role."""
        self._tx.fetch(queries.UPSERT_STAFF, team_id, staff.staff_id, staff.name, staff.role)
        self._tx.fetch(queries.INCREMENT_ROSTER_VERSION, team_id)

    def remove_staff(self, team_id: str, staff_id: str) -> None:
        """Take somebody off the team's list."""
        self._tx.fetch(queries.DELETE_STAFF, team_id, staff_id)
        self._tx.fetch(queries.INCREMENT_ROSTER_VERSION, team_id)

    # -- signing in

    def add_sign_in(self, team_id: str, subject: str, staff_id: str) -> None:
        """Say whom of the team the provider's name means."""
        self._tx.fetch(queries.INSERT_SIGN_IN, team_id, subject, staff_id)

    def remove_sign_ins(self, team_id: str, staff_id: str) -> None:
        """Let nobody sign in as somebody any more."""
        self._tx.fetch(queries.DELETE_SIGN_INS, team_id, staff_id)

    def subjects(self, team_id: str) -> dict[str, str]:
        """What the provider calls those of a team who can sign in, by their staff id."""
        return {str(staff_id): str(subject) for staff_id, subject in self._tx.fetch(queries.SELECT_SUBJECTS, team_id)}

    def membership(self, team_id: str, subject: str) -> TeamMembership | None:
        """Whom of a team the provider's name means."""
        rows = self._tx.fetch(queries.SELECT_MEMBERSHIP, team_id, subject)
        return TeamMembership(team_id, *rows[0]) if rows else None

    def memberships(self, subject: str) -> list[TeamMembership]:
        """Whom the provider's name means in each of the transaction's teams."""
        return [TeamMembership(*row) for row in self._tx.fetch(queries.SELECT_MEMBERSHIPS, subject)]

    def sign_out(self, team_id: str, subject: str, at: int) -> None:
        """Note when somebody signed out, so that what they were signed in with until then is good no more."""
        self._tx.fetch(queries.UPDATE_SIGNED_OUT_AT, at, team_id, subject)
