"""The desk that every visitor comes to: who they are, what they may see, and how a page is answered."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import NamedTuple, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from phb_tui.central.auth.login_settings import Door
from phb_tui.central.auth.sessions import Visit
from phb_tui.central.http.limits import Full, Gate, TooOften
from phb_tui.central.http.middleware import tell
from phb_tui.central.http.problems import RETRY_SECONDS, Refused
from phb_tui.central.storage import audit_log
from phb_tui.central.storage.models import SignedIn, Team
from phb_tui.central.storage.repository import Storage, Tables, is_name
from phb_tui.central.web import csrf
from phb_tui.central.web.rendering import HEADERS, said
from phb_tui.central.web.views import layout
from phb_tui.domain.calendar.timestamps import utc
from phb_tui.errors import CentralBusy

T = TypeVar("T")
Handler = Callable[[Request], Awaitable[Response]]
NO_DOOR = "People do not sign in at this central. Ask whoever looks after it."
SIGNED_OUT = "You are not signed in, or you were away for too long. Sign in, then go on."
NOT_YOURS = "There is nothing for you here. If you work in this team, ask its lead whether you were let in."
NOT_YOUR_ROLE = "Somebody who is a {role} in this team does not see this page. If you need it, ask the team lead."
BUSY = "Central is busy just now, so nothing was done. Try again in a few seconds."
TOO_OFTEN = "You asked very often. Wait for a minute, then try again."


class Here(NamedTuple):
    """Somebody on a page of one of their teams.

    Attributes:
        visit: How they are signed in.
        team: The team.
        who: Who they are in it.
    """

    visit: Visit
    team: Team
    who: SignedIn


class Desk:
    """Lets visitors to pages.

    Args:
        storage: What central keeps.
        door: Who signs in and how; None where nobody does.
        gate: Where requests take their turn.
    """

    def __init__(self, storage: Storage, door: Door | None, gate: Gate) -> None:
        self.storage, self._door, self._gate = storage, door, gate

    @property
    def has_door(self) -> bool:
        """Whether people sign in at this central at all."""
        return self._door is not None

    @property
    def door(self) -> Door:
        """Who signs in and how.

        Raises:
            Refused: Nobody does.
        """
        if self._door is None:
            raise Refused(404, NO_DOOR)
        return self._door

    def route(self, path: str, handler: Handler, method: str = "GET") -> Route:
        """A page's route: whatever goes wrong is answered with a page that says so."""

        async def answered(request: Request) -> Response:
            try:
                return await handler(request)
            except Refused as error:
                return said(error.status, error.sentence)
            except TooOften as error:
                return said(HTTPStatus.TOO_MANY_REQUESTS, TOO_OFTEN, error.seconds)
            except (Full, CentralBusy):
                return said(HTTPStatus.SERVICE_UNAVAILABLE, BUSY, RETRY_SECONDS)

        return Route(path, answered, methods=[method])

    def visit(self, request: Request) -> Visit:
        """Who asks.

        Raises:
            Refused: Nobody is signed in.
        """
        found = self.door.visitors.visit(request)
        if found is None:
            raise Refused(401, SIGNED_OUT)
        return found

    async def enter(self, request: Request, may: set[str], looked: str = "") -> Here:
        """Who asks for a page of a team's, once it is sure that they may have it.

        Args:
            request: What they ask for.
            may: The roles that may have it.
            looked: What the audit says that they looked at; "" when it says nothing.

        Raises:
            Refused: They may not.
        """
        visit, team_id = self.visit(request), request.path_params["team_id"]

        def work(tables: Tables) -> Here:
            known = is_name(team_id)
            team, who = (tables.team(team_id), tables.signed_in(team_id, visit.subject)) if known else (None, None)
            if team is None or who is None:
                raise Refused(403, NOT_YOURS)
            if visit.begun <= who.signed_out_at:
                raise Refused(401, SIGNED_OUT)
            if who.role not in may:
                raise Refused(403, NOT_YOUR_ROLE.format(role=who.role))
            if looked:
                audit_log.note(tables, team_id, self.stamp(), who.staff_id, looked)
            return Here(visit, team, who)

        here = await self.do(lambda: (self.storage.write if looked else self.storage.read)({team_id}, work))
        tell(request.scope, team=team_id)
        return here

    async def read(self, here: Here, work: Callable[[Tables], T]) -> T:
        """Read what somebody may have, in one moment with a last look whether they still may.

        Raises:
            Refused: They have another role by now, or none.
        """
        team_id = here.team.team_id

        def looked(tables: Tables) -> T:
            who = tables.signed_in(team_id, here.visit.subject)
            if who is None or who.role != here.who.role:
                raise Refused(403, NOT_YOURS)
            return work(tables)

        return await self.do(lambda: self.storage.read({team_id}, looked))

    async def do(self, work: Callable[[], T]) -> T:
        """Do work on the database when its turn comes."""
        async with self._gate.turn():
            return await run_in_threadpool(work)

    async def form(self, request: Request, visit: Visit, *names: str) -> dict[str, str]:
        """What a form of ours brings; see `csrf.read_form`."""
        return await csrf.read_form(request, visit, self.door.address, *names)

    def page(self, here: Here, title: str, body: str) -> Response:
        """A page of a team's, and somebody stays signed in."""
        around = layout.Around(here.team.team_id, here.team.name, here.who.name, here.who.role, here.visit.token)
        return self.stay(HTMLResponse(layout.team_page(title, body, around), headers=HEADERS), here.visit)

    def stay(self, answer: Response, visit: Visit) -> Response:
        """An answer with which somebody stays signed in."""
        self.door.visitors.renew(answer, visit)
        return answer

    def stamp(self) -> str:
        """Now, as central notes it."""
        return utc(self.door.visitors.now())
