"""Login, logout, the OIDC callback and the team chooser."""

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
from phb_tui.central.web.views.layout import start_page

T = TypeVar("T")
SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
SEE_OTHER = 303
MAX_CONCURRENT, MAX_QUEUED, WAIT_SECONDS = 4, 100, 10.0
"""The concurrency limit of requests to the provider, so that a slow provider does not block central."""
CALLBACK_PARAMETERS = ("code", "state", "iss", "error")
"""The query parameters that are read from the provider's redirect."""
BY_LINK = f"{LINK}/{{token}}"
NO_PROVIDER = "People sign in here with the link that the team server printed when it started. Open that link."
LINK_USED = (
    "This link is not good any more: it works once, for half an hour. Start the team server again to get a new one."
)


class LoginPages:
    """The pages for signing in and out.

    Args:
        guard: The page guard.
        check_address: Counts a request against its IP address; raises `RateLimited`.
    """

    def __init__(self, guard: PageGuard, check_address: Callable[[Request], None]) -> None:
        self._guard, self._check_address = guard, check_address
        self._limiter = ConcurrencyLimiter(MAX_CONCURRENT, MAX_QUEUED, MAX_QUEUED, WAIT_SECONDS)

    def routes(self) -> list[Route]:
        """The pages' routes."""
        return [
            self._guard.route("/", self.home),
            self._guard.route(SIGN_IN, self.login),
            self._guard.route(CALLBACK_PATH, self.callback),
            self._guard.route(BY_LINK, self.login_by_link),
            self._guard.route(SIGN_OUT, self.logout, "POST"),
        ]

    async def home(self, request: Request) -> Response:
        """The home page: a login button, or a redirect to the user's team or the team chooser."""
        if not self._guard.has_login:
            return HTMLResponse(login_views.nobody_signs_in(), headers=PAGE_HEADERS)
        session = self._guard.login.sessions.read(request)
        if session is None:
            return HTMLResponse(self._signed_out(), headers=PAGE_HEADERS)
        teams = await self._teams(session)
        if not teams:
            return self._guard.refresh_session(
                HTMLResponse(login_views.unknown(session), 403, headers=PAGE_HEADERS), session
            )
        valid = [membership for membership in teams if membership.signed_out_at < session.begun]
        if not valid:
            answer = HTMLResponse(self._signed_out(), headers=PAGE_HEADERS)
            self._guard.login.sessions.clear(answer)
            return answer
        if len(valid) == 1:
            return self._guard.refresh_session(_to(start_page(valid[0].team_id, valid[0].role)), session)
        names = {team.team_id: team.name for team in await self._guard.run(self._guard.storage.teams)}
        return self._guard.refresh_session(
            HTMLResponse(login_views.choose(valid, names, session), headers=PAGE_HEADERS), session
        )

    async def login(self, request: Request) -> Response:
        """Redirect to the identity provider."""
        login = self._guard.login
        self._check_address(request)
        provider = self._provider()
        async with self._limiter.slot():
            address, pending = await run_in_threadpool(_call_provider, provider.authorization_url)
        answer = _to(address)
        login.sessions.start_login(answer, pending)
        return answer

    async def callback(self, request: Request) -> Response:
        """The OIDC redirect URI: exchange the code and start a session."""
        login, provider = self._guard.login, self._provider()
        self._check_address(request)
        pending = login.sessions.pending_login(request)
        if pending is None:
            raise HttpProblem(403, "This sign-in was not started in this browser, or it took too long. Start again.")
        parameters = {name: request.query_params[name] for name in CALLBACK_PARAMETERS if name in request.query_params}
        async with self._limiter.slot():
            subject = await run_in_threadpool(_call_provider, lambda: provider.exchange_code(parameters, pending))
        return await self._start_session(subject, "signed in")

    async def login_by_link(self, request: Request) -> Response:
        """Start a session by the one-time link that central printed."""
        login = self._guard.login
        self._check_address(request)
        # HEAD and prefetch requests, which some programs send for every link, must not use it up.
        looks = request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", "")
        subject = "" if login.link is None or looks else login.link.use(request.path_params["token"])
        if not subject:
            raise HttpProblem(403, LINK_USED)
        return await self._start_session(subject, "signed in with the printed link")

    async def _start_session(self, subject: str, audit_text: str) -> Response:
        """Start a session for a subject, write the audit logs and redirect to the home page."""
        answer = _to("/")
        session = self._guard.login.sessions.create(answer, subject)
        await self._note(await self._teams(session), audit_text)
        return answer

    def _provider(self) -> IdentityProvider:
        """The identity provider.

        Raises:
            HttpProblem: 404; there is none, users sign in with the link or not at all.
        """
        provider = self._guard.login.provider
        if provider is None:
            raise HttpProblem(404, NO_PROVIDER)
        return provider

    def _signed_out(self) -> str:
        """The home page without a session, as HTML."""
        return login_views.signed_out("" if self._guard.login.provider is None else SIGN_IN)

    async def logout(self, request: Request) -> Response:
        """End all sessions of the user, in every browser."""
        session = self._guard.authenticate(request)
        await self._guard.read_form(request, session)
        at = int(self._guard.login.sessions.now().timestamp() * 1000)
        await self._note(
            await self._teams(session),
            "signed out",
            lambda repository, team: repository.sign_out(team, session.subject, at),
        )
        answer = _to("/")
        self._guard.login.sessions.clear(answer)
        return answer

    async def _teams(self, session: WebSession) -> list[TeamMembership]:
        """The user's memberships in all teams."""
        storage = self._guard.storage

        def look() -> list[TeamMembership]:
            teams = [team.team_id for team in storage.teams()]
            return storage.read(teams, lambda repository: repository.memberships(session.subject))

        return await self._guard.run(look)

    async def _note(
        self,
        teams: list[TeamMembership],
        what: str,
        more: Callable[[Repository, str], None] = lambda _repository, _team: None,
    ) -> None:
        """Append a line to the audit log of each of the user's teams, and run more work in the same transaction."""

        def work(repository: Repository) -> None:
            for membership in sorted(teams):  # always in the same order, against deadlocks
                audit_log.append(repository, membership.team_id, self._guard.now(), membership.staff_id, what)
                more(repository, membership.team_id)

        if teams:
            await self._guard.run(lambda: self._guard.storage.write({membership.team_id for membership in teams}, work))


def _call_provider(ask: Callable[[], T]) -> T:
    """Call the provider, turning its errors into HttpProblems."""
    try:
        return ask()
    except ProviderUnavailable as error:
        raise HttpProblem(503, error.sentence) from error
    except LoginFailed as error:
        raise HttpProblem(403, error.sentence) from error


def _to(address: str) -> Response:
    return RedirectResponse(address, SEE_OTHER, headers=PAGE_HEADERS)
