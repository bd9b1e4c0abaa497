"""Authenticates the user of a web page, checks their role in the team, validates forms (CSRF), renders the response."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import NamedTuple, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from phb_tui.central.auth.login_settings import Login
from phb_tui.central.auth.sessions import WebSession
from phb_tui.central.http.limits import ConcurrencyLimiter, Overloaded, RateLimited
from phb_tui.central.http.middleware import annotate
from phb_tui.central.http.problems import RETRY_SECONDS, HttpProblem
from phb_tui.central.storage import audit_log
from phb_tui.central.storage.models import Team, TeamMembership
from phb_tui.central.storage.repository import Repository, Storage, is_identifier
from phb_tui.central.web import csrf
from phb_tui.central.web.rendering import PAGE_HEADERS, message_page
from phb_tui.central.web.views.layout import TeamFrame
from phb_tui.domain.calendar.timestamps import utc
from phb_tui.errors import CentralBusy

T = TypeVar("T")
Handler = Callable[[Request], Awaitable[Response]]
NO_LOGIN = "Nobody signs in at this team server. Ask whoever looks after it."
SIGNED_OUT = "You are not signed in, or you were away for too long. Sign in, then go on."
NOT_YOURS = "There is nothing for you here. If you work in this team, ask its lead whether you were let in."
NOT_YOUR_ROLE = "Someone who is a {role} in this team does not see this page. If you need it, ask the team lead."
BUSY = "The team server is busy just now, so nothing was done. Try again in a few seconds."
TOO_OFTEN = "You asked very often. Wait for a minute, then try again."


class TeamMember(NamedTuple):
    """A signed-in user with the team whose page they request.

    Attributes:
        session: Their session.
        team: The team.
        membership: Their staff id, name and role in it.
    """

    session: WebSession
    team: Team
    membership: TeamMembership

    @property
    def frame(self) -> TeamFrame:
        """What the layout shows around the page: team, user, role, CSRF token."""
        return TeamFrame(
            self.team.team_id, self.team.name, self.membership.name, self.membership.role, self.session.csrf_token
        )


class PageGuard:
    """Guards the web pages: authentication, authorisation, CSRF protection and error pages.

    Args:
        storage: Central's storage.
        login: The login; None when users cannot sign in.
        limiter: The concurrency limiter of database work.
    """

    def __init__(self, storage: Storage, login: Login | None, limiter: ConcurrencyLimiter) -> None:
        self.storage, self._login, self._limiter = storage, login, limiter

    @property
    def has_login(self) -> bool:
        """Whether users can sign in at this central at all."""
        return self._login is not None

    @property
    def login(self) -> Login:
        """The login.

        Raises:
            HttpProblem: 404; users cannot sign in at this central.
        """
        if self._login is None:
            raise HttpProblem(404, NO_LOGIN)
        return self._login

    def route(self, path: str, handler: Handler, method: str = "GET") -> Route:
        """A page's route, with every expected error answered by an HTML page."""

        async def answered(request: Request) -> Response:
            try:
                return await handler(request)
            except HttpProblem as error:
                return message_page(error.status, error.sentence)
            except RateLimited as error:
                return message_page(HTTPStatus.TOO_MANY_REQUESTS, TOO_OFTEN, error.seconds)
            except (Overloaded, CentralBusy):
                return message_page(HTTPStatus.SERVICE_UNAVAILABLE, BUSY, RETRY_SECONDS)

        return Route(path, answered, methods=[method])

    def authenticate(self, request: Request) -> WebSession:
        """The session of a request.

        Raises:
            HttpProblem: 401; there is none or it has expired.
        """
        found = self.login.sessions.read(request)
        if found is None:
            raise HttpProblem(401, SIGNED_OUT)
        return found

    async def authorise(self, request: Request, allowed_roles: set[str], audit_as: str = "") -> TeamMember:
        """Check that the user has one of the roles in the team of the request's path.

        Args:
            request: The request; its path has a `team_id`.
            allowed_roles: The roles that may see the page.
            audit_as: What the audit log says that they did; "" for no entry.

        Raises:
            HttpProblem: 401 without a valid session, 403 without such a role.
        """
        session, team_id = self.authenticate(request), request.path_params["team_id"]

        def work(repository: Repository) -> TeamMember:
            known = is_identifier(team_id)
            team, membership = (
                (repository.team(team_id), repository.membership(team_id, session.subject)) if known else (None, None)
            )
            if team is None or membership is None:
                raise HttpProblem(403, NOT_YOURS)
            if session.begun <= membership.signed_out_at:
                raise HttpProblem(401, SIGNED_OUT)
            if membership.role not in allowed_roles:
                raise HttpProblem(403, NOT_YOUR_ROLE.format(role=membership.role))
            if audit_as:
                audit_log.append(repository, team_id, self.now(), membership.staff_id, audit_as)
            return TeamMember(session, team, membership)

        member = await self.run(lambda: (self.storage.write if audit_as else self.storage.read)({team_id}, work))
        annotate(request.scope, team=team_id)
        return member

    async def read(self, member: TeamMember, work: Callable[[Repository], T]) -> T:
        """Read from the database, after checking in the same snapshot that the user's role has not changed.

        Raises:
            HttpProblem: 403; it has.
        """
        team_id = member.team.team_id

        def audit_as(repository: Repository) -> T:
            membership = repository.membership(team_id, member.session.subject)
            if membership is None or membership.role != member.membership.role:
                raise HttpProblem(403, NOT_YOURS)
            return work(repository)

        return await self.run(lambda: self.storage.read({team_id}, audit_as))

    async def run(self, work: Callable[[], T]) -> T:
        """Run blocking database work in a worker thread, in a slot of the concurrency limiter."""
        async with self._limiter.slot():
            return await run_in_threadpool(work)

    async def read_form(
        self, request: Request, session: WebSession, *names: str, longest: int = csrf.LONGEST_FORM
    ) -> dict[str, str]:
        """The fields of a submitted form, protected against CSRF; see `csrf.read_form`."""
        return await csrf.read_form(request, session, self.login.address, *names, longest=longest)

    def page(self, member: TeamMember, html: str) -> Response:
        """A page of a team as an HTML response, with the session cookie refreshed."""
        return self.refresh_session(HTMLResponse(html, headers=PAGE_HEADERS), member.session)

    def refresh_session(self, answer: Response, session: WebSession) -> Response:
        """Add a refreshed session cookie to a response."""
        self.login.sessions.refresh(answer, session)
        return answer

    def now(self) -> str:
        """The current time, ISO 8601 UTC."""
        return utc(self.login.sessions.now())
