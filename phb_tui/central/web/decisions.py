"""The panel's web pages: what waits, one request, and deciding it."""

from collections.abc import Callable, Mapping
from datetime import date
from http import HTTPStatus
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from phb_tui.central.auth import roles
from phb_tui.central.http.problems import HttpProblem
from phb_tui.central.storage.repository import Repository
from phb_tui.central.web.access_control import PageGuard, TeamMember
from phb_tui.central.web.rendering import PAGE_HEADERS
from phb_tui.central.web.team import TEAM
from phb_tui.central.web.views import asked_requests, decision_views
from phb_tui.central.web.views.decision_views import WORDS, Typed
from phb_tui.domain.calendar import dates
from phb_tui.domain.decision import contents
from phb_tui.domain.records.limits import LONGEST_TEXT
from phb_tui.domain.text.control_characters import cleaned

DECISIONS = f"{TEAM}/decisions"
DECISION = f"{DECISIONS}/{{request_id}}"
LONGEST_FORM = 1_000_000
FIELDS = ("seen", "decided", "outcome", *WORDS)
NO_REQUEST = "There is no such request for the panel. Go back and choose one from the list."
TOO_LONG = "This is longer than the team server can keep. Write it in fewer words."
Decide = Callable[[str, str, str, tuple[int, int], Mapping[str, str]], str]
"""Decides a request: team, member, request, its state and number of decisions as they read them, words; why not."""


class DecisionPages:
    """Request handlers of the panel's pages.

    Args:
        guard: The page guard.
        decide: Writes a decision.
    """

    def __init__(self, guard: PageGuard, decide: Decide) -> None:
        self._guard, self._decide = guard, decide

    def routes(self) -> list[Route]:
        """The pages' routes."""
        route = self._guard.route
        return [
            route(DECISIONS, self.decisions),
            route(DECISION, self.request),
            route(DECISION, self.decide, "POST"),
        ]

    async def decisions(self, request: Request) -> Response:
        """Page of what waits for the panel and what it decided; for a lead, of what waits in the whole team."""
        may = roles.DECIDERS | roles.LEADS
        member = await self._guard.authorise(request, may, "looked at what waits for a decision")
        is_lead = member.membership.role in roles.LEADS
        view = decision_views.all_waiting if is_lead else decision_views.decisions
        html = await self._guard.read(member, lambda tables: view(tables, member.frame))
        return self._guard.page(member, html)

    async def request(self, request: Request) -> Response:
        """Page of one request."""
        member = await self._guard.authorise(request, roles.DECIDERS, "looked at a request to the panel")
        return await self._page(member, request)

    async def decide(self, request: Request) -> Response:
        """Decide a request; with what is missing the page comes back as it was filled in."""
        member = await self._guard.authorise(request, roles.DECIDERS)
        typed = await self._guard.read_form(request, member.session, *FIELDS, longest=LONGEST_FORM)
        values = {name: cleaned(text.replace("\r\n", "\n")).strip() for name, text in typed.items()}
        request_id = request.path_params["request_id"]
        is_too_long = any(len(text) > LONGEST_TEXT for text in values.values())
        why = TOO_LONG if is_too_long else await self._why_not(member, request_id, values)
        if why:
            return await self._page(member, request, Typed(values, why))
        there = f"/team/{quote(member.team.team_id)}/decisions"
        return self._guard.refresh_session(RedirectResponse(there, 303, headers=PAGE_HEADERS), member.session)

    async def _why_not(self, member: TeamMember, request_id: str, values: Mapping[str, str]) -> str:
        """Decide a request that is the panel's; why nothing was decided, or ""."""
        team_id, staff_id = member.team.team_id, member.membership.staff_id
        if not await self._guard.read(member, lambda tables: asked_requests.one(tables, team_id, request_id)):
            return NO_REQUEST
        words = _words(values, self._guard.login.sessions.now().date())
        seen = _whole(values["seen"]), _whole(values["decided"])
        return await self._guard.run(lambda: self._decide(team_id, staff_id, request_id, seen, words))

    async def _page(self, member: TeamMember, request: Request, typed: Typed | None = None) -> Response:
        """The page of a request; of one that is gone what was typed, and without that HttpProblem 404."""
        team_id, request_id = member.team.team_id, request.path_params["request_id"]

        def view(tables: Repository) -> tuple[str, HTTPStatus]:
            asked = asked_requests.one(tables, team_id, request_id)
            if asked is not None:
                page = decision_views.request_page(tables, asked, member.membership.staff_id, member.frame, typed)
                return page, HTTPStatus.OK
            if typed is None:
                raise HttpProblem(404, NO_REQUEST)
            return decision_views.gone_page(tables, member.frame, Typed(typed.values, NO_REQUEST)), HTTPStatus.NOT_FOUND

        html, status = await self._guard.read(member, view)
        answer = self._guard.page(member, html)
        answer.status_code = status
        return answer


def _words(values: Mapping[str, str], today: date) -> dict[str, str]:
    """What is written of a decision: only what belongs to its outcome, and a day as it is kept."""
    outcome = values["outcome"]
    words = {name: values[name] for name in WORDS if values[name] and contents.belongs(name, outcome)}
    if "until" in words:
        words["until"] = dates.tidy(words["until"], today)
    return {"outcome": outcome, **words}


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len(str(2**63)) else -1
