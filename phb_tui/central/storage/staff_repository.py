"""Repository of the staff of a team and their sign-in identities at the OpenID Connect provider."""

from phb_tui.central.storage import queries
from phb_tui.central.storage.engine import Transaction
from phb_tui.central.storage.models import Staff, TeamMembership


class StaffRepository:
    """Reads and writes the tables `staff` and `sign_in` within one transaction.

    Args:
        run: The transaction.
    """

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def staff(self, team_id: str) -> list[Staff]:
        """Every staff member of a team, by name."""
        return [Staff(*row) for row in self._tx.fetch(queries.SELECT_STAFF, team_id)]

    def staff_member(self, team_id: str, staff_id: str) -> Staff | None:
        """One staff member of a team; None when there is none of this id."""
        rows = self._tx.fetch(queries.SELECT_STAFF_MEMBER, team_id, staff_id)
        return Staff(*rows[0]) if rows else None

    def save_staff(self, team_id: str, staff: Staff) -> None:
        """Insert a staff member, or overwrite their name and role; the team's roster version grows."""
        self._tx.fetch(queries.UPSERT_STAFF, team_id, staff.staff_id, staff.name, staff.role)
        self._tx.fetch(queries.INCREMENT_ROSTER_VERSION, team_id)

    def remove_staff(self, team_id: str, staff_id: str) -> None:
        """Delete a staff member; the team's roster version grows."""
        self._tx.fetch(queries.DELETE_STAFF, team_id, staff_id)
        self._tx.fetch(queries.INCREMENT_ROSTER_VERSION, team_id)

    # -- signing in

    def add_sign_in(self, team_id: str, subject: str, staff_id: str) -> None:
        """Link a subject (the provider's id of a user) to a staff member."""
        self._tx.fetch(queries.INSERT_SIGN_IN, team_id, subject, staff_id)

    def remove_sign_ins(self, team_id: str, staff_id: str) -> None:
        """Delete every subject linked to a staff member, so that nobody can sign in as them."""
        self._tx.fetch(queries.DELETE_SIGN_INS, team_id, staff_id)

    def subjects(self, team_id: str) -> dict[str, str]:
        """The subjects of the staff who can sign in, by staff id."""
        return {str(staff_id): str(subject) for staff_id, subject in self._tx.fetch(queries.SELECT_SUBJECTS, team_id)}

    def membership(self, team_id: str, subject: str) -> TeamMembership | None:
        """The staff member of a team that a subject is linked to; None when there is none."""
        rows = self._tx.fetch(queries.SELECT_MEMBERSHIP, team_id, subject)
        return TeamMembership(team_id, *rows[0]) if rows else None

    def memberships(self, subject: str) -> list[TeamMembership]:
        """The staff member that a subject is linked to, in each of the transaction's teams."""
        return [TeamMembership(*row) for row in self._tx.fetch(queries.SELECT_MEMBERSHIPS, subject)]

    def sign_out(self, team_id: str, subject: str, at: int) -> None:
        """Store when a subject signed out, in milliseconds since 1970; sessions begun before that become invalid."""
        self._tx.fetch(queries.UPDATE_SIGNED_OUT_AT, at, team_id, subject)
