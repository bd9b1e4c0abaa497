"""The way in: the first page, signing in and out, and choosing a team."""

from collections.abc import Callable
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from phb_tui.central.auth.login_links import LINK
from phb_tui.central.auth.login_settings import CALLBACK_PATH, IdentityProvider, LoginFailed, ProviderUnavailable
from phb_tui.central.auth.sessions import WebSession
from phb_tui.central.http.limits import ConcurrencyLimiter
from phb_tui.central.http.problems import HttpProblem
from phb_tui.central.storage import audit_log
from phb_tui.central.storage.models import TeamMembership
from phb_tui.central.storage.repository import Repository
from phb_tui.central.web.access_control import PageGuard
from phb_tui.central.web.rendering import PAGE_HEADERS
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


class LoginPages:
    """The way in.

    Args:
        guard: Says who may have a page.
        check_address: Counts how often an address asks, and raises when that is too often.
    """

    def __init__(self, guard: PageGuard, check_address: Callable[[Request], None]) -> None:
        self._guard, self._check_address = guard, check_address
        self._limiter = ConcurrencyLimiter(AT_ONCE, MOST_WAITING, MOST_WAITING, WAIT_SECONDS)

    def routes(self) -> list[Route]:
        """Its addresses."""
        return [
            self._guard.route("/", self.home),
            self._guard.route(SIGN_IN, self.login),
            self._guard.route(CALLBACK_PATH, self.callback),
            self._guard.route(BY_LINK, self.login_by_link),
            self._guard.route(SIGN_OUT, self.logout, "POST"),
        ]

    async def home(self, request: Request) -> Response:
        """The first page: the way to sign in, or to somebody's teams; nobody's words."""
        if not self._guard.has_login:
            return HTMLResponse(login_views.nobody_signs_in(), headers=PAGE_HEADERS)
        visit = self._guard.login.sessions.read(request)
        if visit is None:
            return HTMLResponse(self._signed_out(), headers=PAGE_HEADERS)
        teams = await self._teams(visit)
        if not teams:
            return self._guard.refresh_session(
                HTMLResponse(login_views.unknown(visit), 403, headers=PAGE_HEADERS), visit
            )
        there = [who for who in teams if who.signed_out_at < visit.begun]
        if not there:
            answer = HTMLResponse(self._signed_out(), headers=PAGE_HEADERS)
            self._guard.login.sessions.clear(answer)
            return answer
        if len(there) == 1:
            return self._guard.refresh_session(_to(first_way(there[0].team_id, there[0].role)), visit)
        names = {team.team_id: team.name for team in await self._guard.run(self._guard.storage.teams)}
        return self._guard.refresh_session(
            HTMLResponse(login_views.choose(there, names, visit), headers=PAGE_HEADERS), visit
        )

    async def login(self, request: Request) -> Response:
        """Send somebody to the provider."""
        login = self._guard.login
        self._check_address(request)
        provider = self._provider()
        async with self._limiter.slot():
            address, pending = await run_in_threadpool(_asked, provider.authorization_url)
        answer = _to(address)
        login.sessions.start_login(answer, pending)
        return answer

    async def callback(self, request: Request) -> Response:
        """Let somebody in who comes back from the provider."""
        login, provider = self._guard.login, self._provider()
        self._check_address(request)
        pending = login.sessions.pending_login(request)
        if pending is None:
            raise HttpProblem(403, "This sign-in was not begun in this browser, or it took too long. Start again.")
        brought = {name: request.query_params[name] for name in ANSWER if name in request.query_params}
        async with self._limiter.slot():
            subject = await run_in_threadpool(_asked, lambda: provider.exchange_code(brought, pending))
        return await self._start_session(subject, "signed in")

    async def login_by_link(self, request: Request) -> Response:
        """Let somebody in by the link that central printed; it is used up by that."""
        login = self._guard.login
        self._check_address(request)
        # What only looks at a link, as some programs do with every address, must not use it up.
        looks = request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", "")
        subject = "" if login.link is None or looks else login.link.use(request.path_params["token"])
        if not subject:
            raise HttpProblem(403, LINK_USED)
        return await self._start_session(subject, "signed in with central's link")

    async def _start_session(self, subject: str, how: str) -> Response:
        """Sign somebody in; the same for everybody, however it is known who they are."""
        answer = _to("/")
        visit = self._guard.login.sessions.create(answer, subject)
        await self._note(await self._teams(visit), how)
        return answer

    def _provider(self) -> IdentityProvider:
        """Whoever says who people are.

        Raises:
            HttpProblem: Nobody does: they sign in with the link, or not at all.
        """
        provider = self._guard.login.provider
        if provider is None:
            raise HttpProblem(404, NO_PROVIDER)
        return provider

    def _signed_out(self) -> str:
        """The first page for somebody who is not signed in."""
        return login_views.signed_out("" if self._guard.login.provider is None else SIGN_IN)

    async def logout(self, request: Request) -> Response:
        """Sign somebody out, wherever they are signed in."""
        visit = self._guard.authenticate(request)
        await self._guard.read_form(request, visit)
        at = int(self._guard.login.sessions.now().timestamp() * 1000)
        await self._note(
            await self._teams(visit),
            "signed out",
            lambda repository, team: repository.sign_out(team, visit.subject, at),
        )
        answer = _to("/")
        self._guard.login.sessions.clear(answer)
        return answer

    async def _teams(self, visit: WebSession) -> list[TeamMembership]:
        """Who somebody is in each of their teams."""
        storage = self._guard.storage

        def look() -> list[TeamMembership]:
            teams = [team.team_id for team in storage.teams()]
            return storage.read(teams, lambda repository: repository.memberships(visit.subject))

        return await self._guard.run(look)

    async def _note(
        self,
        teams: list[TeamMembership],
        what: str,
        more: Callable[[Repository, str], None] = lambda _repository, _team: None,
    ) -> None:
        """Note what somebody did in each of their teams' audits."""

        def work(repository: Repository) -> None:
            for who in sorted(teams):  # always in one order, or two could wait for each other
                audit_log.append(repository, who.team_id, self._guard.now(), who.staff_id, what)
                more(repository, who.team_id)

        if teams:
            await self._guard.run(lambda: self._guard.storage.write({who.team_id for who in teams}, work))


def _asked(ask: Callable[[], T]) -> T:
    """What the provider says; its problems as answers of ours."""
    try:
        return ask()
    except ProviderUnavailable as error:
        raise HttpProblem(503, error.sentence) from error
    except LoginFailed as error:
        raise HttpProblem(403, error.sentence) from error


def _to(address: str) -> Response:
    return RedirectResponse(address, SEE_OTHER, headers=PAGE_HEADERS)
