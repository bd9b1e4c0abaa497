"""The desk that every visitor comes to: who they are, what they may see, and how a page is answered."""

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
NO_LOGIN = "People do not sign in at this central. Ask whoever looks after it."
SIGNED_OUT = "You are not signed in, or you were away for too long. Sign in, then go on."
NOT_YOURS = "There is nothing for you here. If you work in this team, ask its lead whether you were let in."
NOT_YOUR_ROLE = "Somebody who is a {role} in this team does not see this page. If you need it, ask the team lead."
BUSY = "Central is busy just now, so nothing was done. Try again in a few seconds."
TOO_OFTEN = "You asked very often. Wait for a minute, then try again."


class TeamMember(NamedTuple):
    """Somebody on a page of one of their teams.

    Attributes:
        visit: How they are signed in.
        team: The team.
        who: Who they are in it.
    """

    visit: WebSession
    team: Team
    who: TeamMembership

    @property
    def frame(self) -> TeamFrame:
        """What stands around the page."""
        return TeamFrame(self.team.team_id, self.team.name, self.who.name, self.who.role, self.visit.csrf_token)


class PageGuard:
    """Lets visitors to pages.

    Args:
        storage: What central keeps.
        login: Who signs in and how; None where nobody does.
        limiter: Where requests take their turn.
    """

    def __init__(self, storage: Storage, login: Login | None, limiter: ConcurrencyLimiter) -> None:
        self.storage, self._login, self._limiter = storage, login, limiter

    @property
    def has_login(self) -> bool:
        """Whether people sign in at this central at all."""
        return self._login is not None

    @property
    def login(self) -> Login:
        """Who signs in and how.

        Raises:
            HttpProblem: Nobody does.
        """
        if self._login is None:
            raise HttpProblem(404, NO_LOGIN)
        return self._login

    def route(self, path: str, handler: Handler, method: str = "GET") -> Route:
        """A page's route: whatever goes wrong is answered with a page that says so."""

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
        """Who asks.

        Raises:
            HttpProblem: Nobody is signed in.
        """
        found = self.login.sessions.read(request)
        if found is None:
            raise HttpProblem(401, SIGNED_OUT)
        return found

    async def authorise(self, request: Request, may: set[str], looked: str = "") -> TeamMember:
        """Who asks for a page of a team's, once it is sure that they may have it.

        Args:
            request: What they ask for.
            may: The roles that may have it.
            looked: What the audit says that they looked at; "" when it says nothing.

        Raises:
            HttpProblem: They may not.
        """
        visit, team_id = self.authenticate(request), request.path_params["team_id"]

        def work(repository: Repository) -> TeamMember:
            known = is_identifier(team_id)
            team, who = (
                (repository.team(team_id), repository.membership(team_id, visit.subject)) if known else (None, None)
            )
            if team is None or who is None:
                raise HttpProblem(403, NOT_YOURS)
            if visit.begun <= who.signed_out_at:
                raise HttpProblem(401, SIGNED_OUT)
            if who.role not in may:
                raise HttpProblem(403, NOT_YOUR_ROLE.format(role=who.role))
            if looked:
                audit_log.append(repository, team_id, self.now(), who.staff_id, looked)
            return TeamMember(visit, team, who)

        here = await self.run(lambda: (self.storage.write if looked else self.storage.read)({team_id}, work))
        annotate(request.scope, team=team_id)
        return here

    async def read(self, here: TeamMember, work: Callable[[Repository], T]) -> T:
        """Read what somebody may have, in one moment with a last look whether they still may.

        Raises:
            HttpProblem: They have another role by now, or none.
        """
        team_id = here.team.team_id

        def looked(repository: Repository) -> T:
            who = repository.membership(team_id, here.visit.subject)
            if who is None or who.role != here.who.role:
                raise HttpProblem(403, NOT_YOURS)
            return work(repository)

        return await self.run(lambda: self.storage.read({team_id}, looked))

    async def run(self, work: Callable[[], T]) -> T:
        """Do work on the database when its turn comes."""
        async with self._limiter.slot():
            return await run_in_threadpool(work)

    async def read_form(self, request: Request, visit: WebSession, *names: str) -> dict[str, str]:
        """What a form of ours brings; see `csrf.read_form`."""
        return await csrf.read_form(request, visit, self.login.address, *names)

    def page(self, here: TeamMember, html: str) -> Response:
        """A page of a team's, and somebody stays signed in."""
        return self.refresh_session(HTMLResponse(html, headers=PAGE_HEADERS), here.visit)

    def refresh_session(self, answer: Response, visit: WebSession) -> Response:
        """An answer with which somebody stays signed in."""
        self.login.sessions.refresh(answer, visit)
        return answer

    def now(self) -> str:
        """Now, as central notes it."""
        return utc(self.login.sessions.now())
