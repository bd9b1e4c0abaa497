"""The way in: the first page, signing in and out, and choosing a team."""

from collections.abc import Callable
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from phb_tui.central.auth.login_links import LINK
from phb_tui.central.auth.login_settings import BACK, NotSignedIn, Provider, ProviderAway
from phb_tui.central.auth.sessions import Visit
from phb_tui.central.http.limits import Gate
from phb_tui.central.http.problems import Refused
from phb_tui.central.storage import audit_log
from phb_tui.central.storage.models import SignedIn
from phb_tui.central.storage.repository import Tables
from phb_tui.central.web.access_control import Desk
from phb_tui.central.web.rendering import HEADERS
from phb_tui.central.web.views import login_views
from phb_tui.central.web.views.layout import first_way

T = TypeVar("T")
SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
SEE_OTHER = 303
AT_ONCE, MOST_WAITING, WAIT_SECONDS = 4, 100, 10.0
"""How many are taken to the provider together: when it is slow laptops still find central free."""
ANSWER = ("code", "state", "iss", "error")
"""What is read of what somebody brings back from the provider."""
BY_LINK = f"{LINK}/{{token}}"
NO_PROVIDER = "People sign in here with the link that central printed when it was started. Open that link."
LINK_USED = "This link is not good any more: it works once, for half an hour. Start central again to get a new one."


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
        """Its addresses."""
        return [
            self._desk.route("/", self.home),
            self._desk.route(SIGN_IN, self.sign_in),
            self._desk.route(BACK, self.signed_in),
            self._desk.route(BY_LINK, self.by_link),
            self._desk.route(SIGN_OUT, self.sign_out, "POST"),
        ]

    async def home(self, request: Request) -> Response:
        """The first page: the way to sign in, or to somebody's teams; nobody's words."""
        if not self._desk.has_door:
            return HTMLResponse(login_views.nobody_signs_in(), headers=HEADERS)
        visit = self._desk.door.visitors.visit(request)
        if visit is None:
            return HTMLResponse(self._signed_out(), headers=HEADERS)
        teams = await self._teams(visit)
        if not teams:
            return self._desk.stay(HTMLResponse(login_views.unknown(visit), 403, headers=HEADERS), visit)
        there = [who for who in teams if who.signed_out_at < visit.begun]
        if not there:
            answer = HTMLResponse(self._signed_out(), headers=HEADERS)
            self._desk.door.visitors.end(answer)
            return answer
        if len(there) == 1:
            return self._desk.stay(_to(first_way(there[0].team_id, there[0].role)), visit)
        names = {team.team_id: team.name for team in await self._desk.do(self._desk.storage.teams)}
        return self._desk.stay(HTMLResponse(login_views.choose(there, names, visit), headers=HEADERS), visit)

    async def sign_in(self, request: Request) -> Response:
        """Send somebody to the provider."""
        door = self._desk.door
        self._ask_as_stranger(request)
        provider = self._provider()
        async with self._gate.turn():
            address, pending = await run_in_threadpool(_asked, provider.begin)
        answer = _to(address)
        door.visitors.send_away(answer, pending)
        return answer

    async def signed_in(self, request: Request) -> Response:
        """Let somebody in who comes back from the provider."""
        door, provider = self._desk.door, self._provider()
        self._ask_as_stranger(request)
        pending = door.visitors.pending(request)
        if pending is None:
            raise Refused(403, "This sign-in was not begun in this browser, or it took too long. Start again.")
        brought = {name: request.query_params[name] for name in ANSWER if name in request.query_params}
        async with self._gate.turn():
            subject = await run_in_threadpool(_asked, lambda: provider.finish(brought, pending))
        return await self._let_in(subject, "signed in")

    async def by_link(self, request: Request) -> Response:
        """Let somebody in by the link that central printed; it is used up by that."""
        door = self._desk.door
        self._ask_as_stranger(request)
        # What only looks at a link, as some programs do with every address, must not use it up.
        looks = request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", "")
        subject = "" if door.link is None or looks else door.link.use(request.path_params["token"])
        if not subject:
            raise Refused(403, LINK_USED)
        return await self._let_in(subject, "signed in with central's link")

    async def _let_in(self, subject: str, how: str) -> Response:
        """Sign somebody in; the same for everybody, however it is known who they are."""
        answer = _to("/")
        visit = self._desk.door.visitors.begin(answer, subject)
        await self._note(await self._teams(visit), how)
        return answer

    def _provider(self) -> Provider:
        """Whoever says who people are.

        Raises:
            Refused: Nobody does: they sign in with the link, or not at all.
        """
        provider = self._desk.door.provider
        if provider is None:
            raise Refused(404, NO_PROVIDER)
        return provider

    def _signed_out(self) -> str:
        """The first page for somebody who is not signed in."""
        return login_views.signed_out("" if self._desk.door.provider is None else SIGN_IN)

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
                audit_log.note(tables, who.team_id, self._desk.stamp(), who.staff_id, what)
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
