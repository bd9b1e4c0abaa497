"""The way in: the first page, signing in and out, and choosing a team."""

from collections.abc import Callable
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from phb_tui.central import audit
from phb_tui.central.desk import HEADERS, Desk
from phb_tui.central.gate import Gate
from phb_tui.central.kept import SignedIn
from phb_tui.central.pages import welcome
from phb_tui.central.pages.frame import first_way
from phb_tui.central.problems import Refused
from phb_tui.central.signin import BACK, NotSignedIn, ProviderAway
from phb_tui.central.storage import Tables
from phb_tui.central.visitors import Visit

T = TypeVar("T")
SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
SEE_OTHER = 303
AT_ONCE, MOST_WAITING, WAIT_SECONDS = 4, 100, 10.0
"""How many are taken to the provider together: when it is slow laptops still find central free."""
ANSWER = ("code", "state", "iss", "error")
"""What is read of what somebody brings back from the provider."""


class Front:
    """The way in.

    Args:
        desk: Where visitors come to.
        ask_as_stranger: Counts how often an address asks, and raises when that is too often.
    """

    def __init__(self, desk: Desk, ask_as_stranger: Callable[[Request], None]) -> None:
        self._desk, self._ask_as_stranger = desk, ask_as_stranger
        self._gate = Gate(AT_ONCE, MOST_WAITING, MOST_WAITING, WAIT_SECONDS)

    def routes(self) -> list[Route]:
        """Its addresses, but for `/`."""
        return [
            self._desk.route(SIGN_IN, self.sign_in),
            self._desk.route(BACK, self.signed_in),
            self._desk.route(SIGN_OUT, self.sign_out, "POST"),
        ]

    async def home(self, request: Request) -> Response:
        """The first page: the way to sign in, or to somebody's teams."""
        visit = self._desk.door.visitors.visit(request)
        if visit is None:
            return HTMLResponse(welcome.signed_out(SIGN_IN), headers=HEADERS)
        teams = await self._teams(visit)
        if not teams:
            return self._desk.stay(HTMLResponse(welcome.unknown(visit), 403, headers=HEADERS), visit)
        there = [who for who in teams if who.signed_out_at < visit.begun]
        if not there:
            answer = HTMLResponse(welcome.signed_out(SIGN_IN), headers=HEADERS)
            self._desk.door.visitors.end(answer)
            return answer
        if len(there) == 1:
            return self._desk.stay(_to(first_way(there[0].team_id, there[0].role)), visit)
        names = {team.team_id: team.name for team in await self._desk.do(self._desk.storage.teams)}
        return self._desk.stay(HTMLResponse(welcome.choose(there, names, visit), headers=HEADERS), visit)

    async def sign_in(self, request: Request) -> Response:
        """Send somebody to the provider."""
        door = self._desk.door
        self._ask_as_stranger(request)
        async with self._gate.turn():
            address, pending = await run_in_threadpool(_asked, door.provider.begin)
        answer = _to(address)
        door.visitors.send_away(answer, pending)
        return answer

    async def signed_in(self, request: Request) -> Response:
        """Let somebody in who comes back from the provider."""
        door = self._desk.door
        self._ask_as_stranger(request)
        pending = door.visitors.pending(request)
        if pending is None:
            raise Refused(403, "This sign-in was not begun in this browser, or it took too long. Start again.")
        brought = {name: request.query_params[name] for name in ANSWER if name in request.query_params}
        async with self._gate.turn():
            subject = await run_in_threadpool(_asked, lambda: door.provider.finish(brought, pending))
        answer = _to("/")
        visit = door.visitors.begin(answer, subject)
        await self._note(await self._teams(visit), "signed in")
        return answer

    async def sign_out(self, request: Request) -> Response:
        """Sign somebody out, wherever they are signed in."""
        visit = self._desk.visit(request)
        await self._desk.form(request, visit)
        at = int(self._desk.door.visitors.now().timestamp() * 1000)
        await self._note(
            await self._teams(visit), "signed out", lambda tables, team: tables.sign_out(team, visit.subject, at)
        )
        answer = _to("/")
        self._desk.door.visitors.end(answer)
        return answer

    async def _teams(self, visit: Visit) -> list[SignedIn]:
        """Who somebody is in each of their teams."""
        storage = self._desk.storage

        def look() -> list[SignedIn]:
            teams = [team.team_id for team in storage.teams()]
            return storage.read(teams, lambda tables: tables.signed_in_anywhere(visit.subject))

        return await self._desk.do(look)

    async def _note(
        self, teams: list[SignedIn], what: str, more: Callable[[Tables, str], None] = lambda _tables, _team: None
    ) -> None:
        """Note what somebody did in each of their teams' audits."""

        def work(tables: Tables) -> None:
            for who in sorted(teams):  # always in one order, or two could wait for each other
                audit.note(tables, who.team_id, self._desk.stamp(), who.staff_id, what)
                more(tables, who.team_id)

        if teams:
            await self._desk.do(lambda: self._desk.storage.write({who.team_id for who in teams}, work))


def _asked(ask: Callable[[], T]) -> T:
    """What the provider says; its problems as answers of ours."""
    try:
        return ask()
    except ProviderAway as error:
        raise Refused(503, error.sentence) from error
    except NotSignedIn as error:
        raise Refused(403, error.sentence) from error


def _to(address: str) -> Response:
    return RedirectResponse(address, SEE_OTHER, headers=HEADERS)
