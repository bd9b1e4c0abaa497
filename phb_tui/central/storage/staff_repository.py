"""Who works in a team, and what the provider that they sign in with calls them."""

from phb_tui.central.storage import queries
from phb_tui.central.storage.engine import Transaction
from phb_tui.central.storage.models import Staff, TeamMembership


class StaffRepository:
    """The tables about people at work, within one transaction.

    Args:
        run: The transaction.
    """

    def __init__(self, run: Transaction) -> None:
        self._run = run

    def staff(self, team_id: str) -> list[Staff]:
        """Who works in a team."""
        return [Staff(*row) for row in self._run.fetch(queries.STAFF, team_id)]

    def one_of_staff(self, team_id: str, staff_id: str) -> Staff | None:
        """Somebody who works in a team."""
        rows = self._run.fetch(queries.ONE_OF_STAFF, team_id, staff_id)
        return Staff(*rows[0]) if rows else None

    def save_staff(self, team_id: str, staff: Staff) -> None:
        """Add somebody, or give them another name or role."""
        self._run.fetch(queries.SAVE_STAFF, team_id, staff.staff_id, staff.name, staff.role)
        self._run.fetch(queries.NEW_STAFFING, team_id)

    def remove_staff(self, team_id: str, staff_id: str) -> None:
        """Take somebody off the team's list."""
        self._run.fetch(queries.REMOVE_STAFF, team_id, staff_id)
        self._run.fetch(queries.NEW_STAFFING, team_id)

    # -- signing in

    def add_sign_in(self, team_id: str, subject: str, staff_id: str) -> None:
        """Say whom of the team the provider's name means."""
        self._run.fetch(queries.ADD_SIGN_IN, team_id, subject, staff_id)

    def remove_sign_ins(self, team_id: str, staff_id: str) -> None:
        """Let nobody sign in as somebody any more."""
        self._run.fetch(queries.REMOVE_SIGN_INS, team_id, staff_id)

    def subjects(self, team_id: str) -> dict[str, str]:
        """What the provider calls those of a team who can sign in, by their staff id."""
        return {str(staff_id): str(subject) for staff_id, subject in self._run.fetch(queries.SUBJECTS, team_id)}

    def signed_in(self, team_id: str, subject: str) -> TeamMembership | None:
        """Whom of a team the provider's name means."""
        rows = self._run.fetch(queries.SIGNED_IN, team_id, subject)
        return TeamMembership(team_id, *rows[0]) if rows else None

    def signed_in_anywhere(self, subject: str) -> list[TeamMembership]:
        """Whom the provider's name means in each of the transaction's teams."""
        return [TeamMembership(*row) for row in self._run.fetch(queries.SIGNED_IN_ANYWHERE, subject)]

    def sign_out(self, team_id: str, subject: str, at: int) -> None:
        """Note when somebody signed out, so that what they were signed in with until then is good no more."""
        self._run.fetch(queries.SIGN_OUT, at, team_id, subject)
