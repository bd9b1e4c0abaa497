"""A team's pages, each for those whose role it is to see it."""

from collections.abc import Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from phb_tui.central.admin.devices import DeviceRegistry
from phb_tui.central.auth import roles
from phb_tui.central.http.problems import HttpProblem
from phb_tui.central.storage.models import Device
from phb_tui.central.storage.repository import Repository, is_identifier
from phb_tui.central.web.access_control import PageGuard, TeamMember
from phb_tui.central.web.csrf import NOT_THIS_FORM
from phb_tui.central.web.rendering import PAGE_HEADERS
from phb_tui.central.web.views import device_views, possible_duplicates, received_changes, team_views
from phb_tui.central.web.views.layout import TeamFrame
from phb_tui.errors import SettingsProblem

TEAM = "/team/{team_id}"
LAPTOPS, CODE = f"{TEAM}/laptops", f"{TEAM}/code"
LAPTOP = f"{LAPTOPS}/{{device_id}}"
ACT = f"{LAPTOP}/{{what}}"
NO_LAPTOP = "There is no laptop of this name in the team. Go back and choose one from the list."
NOT_NOW = "This cannot be done to the laptop as it is now. Go back and look at what it says there."
NOBODY = "Nobody of this name works in the team, so no code was made. Go back and choose somebody from the list."


class TeamPages:
    """A team's pages.

    Args:
        guard: Says who may have a page.
        devices: Lets laptops in and keeps them out.
    """

    def __init__(self, guard: PageGuard, devices: DeviceRegistry) -> None:
        self._guard, self._devices = guard, devices

    def routes(self) -> list[Route]:
        """Their addresses."""
        route = self._guard.route
        return [
            route(TEAM, self.arrived),
            route(f"{TEAM}/same", self.alike),
            route(f"{TEAM}/aside", self.aside),
            route(f"{TEAM}/staff", self.staff),
            route(f"{TEAM}/audit", self.audit),
            route(f"{TEAM}/figures", self.figures),
            route(CODE, self.ask_whose),
            route(CODE, self.make_code, "POST"),
            route(LAPTOPS, self.laptops),
            route(LAPTOP, self.laptop),
            route(ACT, self.ask),
            route(ACT, self.act, "POST"),
        ]

    async def arrived(self, request: Request) -> Response:
        """What arrived in the team."""
        here = await self._guard.authorise(request, roles.WRITERS, "looked at what has arrived")
        team, leads = here.team, here.who.role in roles.LEADS

        def view(repository: Repository, frame: TeamFrame) -> str:
            duplicates = possible_duplicates.times(repository, team.team_id) if leads else ""
            return received_changes.of_team(repository, team, frame, duplicates)

        return await self._page(here, view)

    async def alike(self, request: Request) -> Response:
        """Which records may be of the same person."""
        here = await self._guard.authorise(request, roles.LEADS, "looked at who may be the same person")
        return await self._page(here, possible_duplicates.page)

    async def aside(self, request: Request) -> Response:
        """What central kept aside."""
        here = await self._guard.authorise(request, roles.LEADS, "looked at what was kept aside")
        return await self._page(here, team_views.quarantined)

    async def staff(self, request: Request) -> Response:
        """Who works in the team."""
        here = await self._guard.authorise(request, roles.LEADS)
        return await self._page(here, team_views.staff)

    async def audit(self, request: Request) -> Response:
        """Who did what in the team."""
        here = await self._guard.authorise(request, {roles.AUDITOR}, "looked at who did what")
        return await self._page(here, team_views.lines)

    async def figures(self, request: Request) -> Response:
        """Numbers about the team."""
        here = await self._guard.authorise(request, {roles.COMMISSIONER}, "looked at the numbers")
        return await self._page(here, team_views.figures)

    async def laptops(self, request: Request) -> Response:
        """The team's laptops."""
        here = await self._guard.authorise(request, roles.LEADS)
        return await self._page(here, device_views.listing)

    async def laptop(self, request: Request) -> Response:
        """One laptop."""
        here = await self._guard.authorise(request, roles.LEADS)
        device = await self._device(here, request)
        return await self._page(here, lambda repository, frame: device_views.one(repository, device, frame))

    async def ask(self, request: Request) -> Response:
        """Whether somebody really wants to do something about a laptop."""
        here = await self._guard.authorise(request, roles.LEADS)
        device = await self._device(here, request)
        return self._guard.page(here, device_views.ask(device, _what(request, device), here.frame))

    async def act(self, request: Request) -> Response:
        """Do something about a laptop."""
        here = await self._guard.authorise(request, roles.LEADS)
        await self._guard.read_form(request, here.visit)
        device = await self._device(here, request)
        what, team_id, by = _what(request, device), here.team.team_id, here.who.staff_id
        if what == "code":
            return await self._code(here, device.staff_id, device.device_id)
        if what == "end":
            await self._guard.run(lambda: self._devices.revoke(team_id, device.device_id, by))
        else:
            await self._guard.run(lambda: self._devices.send_command(team_id, device.device_id, what, by))
        there = f"/team/{quote(team_id)}/laptops/{quote(device.device_id)}"
        return self._guard.refresh_session(RedirectResponse(there, 303, headers=PAGE_HEADERS), here.visit)

    async def ask_whose(self, request: Request) -> Response:
        """Whose a new laptop will be."""
        here = await self._guard.authorise(request, roles.LEADS)
        return await self._page(here, device_views.ask_whose)

    async def make_code(self, request: Request) -> Response:
        """Make a joining code for a new laptop, and show it."""
        here = await self._guard.authorise(request, roles.LEADS)
        fields = await self._guard.read_form(request, here.visit, "staff")
        return await self._code(here, fields["staff"])

    async def _code(self, here: TeamMember, staff_id: str, device_id: str = "") -> Response:
        if not is_identifier(staff_id):
            raise HttpProblem(404, NOBODY)
        address, team_id, by = self._guard.login.address, here.team.team_id, here.who.staff_id

        def work() -> str:
            words = self._devices.create_enrolment_code(address, team_id, staff_id, device_id, by)
            who = self._guard.storage.read({team_id}, lambda repository: repository.staff_member(team_id, staff_id))
            return device_views.code(words, who.name if who else staff_id, here.frame)

        try:
            html = await self._guard.run(work)
        except SettingsProblem as error:
            raise HttpProblem(404, NOBODY) from error
        return self._guard.page(here, html)

    async def _device(self, here: TeamMember, request: Request) -> Device:
        team_id, device_id = here.team.team_id, request.path_params["device_id"]
        storage, known = self._guard.storage, is_identifier(device_id)
        found = await self._guard.run(
            lambda: storage.read({team_id}, lambda repository: repository.device(team_id, device_id) if known else None)
        )
        if found is None:
            raise HttpProblem(404, NO_LAPTOP)
        return found

    async def _page(self, here: TeamMember, view: Callable[[Repository, TeamFrame], str]) -> Response:
        return self._guard.page(here, await self._guard.read(here, lambda repository: view(repository, here.frame)))


def _what(request: Request, device: Device) -> str:
    """What is to be done about a laptop, which can be done to it now."""
    what = str(request.path_params["what"])
    if what not in device_views.ACTS:
        raise HttpProblem(404, NOT_THIS_FORM)
    if device.state not in device_views.ACTS[what].to:
        raise HttpProblem(409, NOT_NOW)
    return what
