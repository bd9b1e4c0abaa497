"""The web pages of a team, each restricted to certain roles."""

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
NOBODY = "Nobody of this name works in the team, so no code was made. Go back and choose someone from the list."


class TeamPages:
    """Request handlers of a team's pages.

    Args:
        guard: The page guard.
        devices: The device registry.
    """

    def __init__(self, guard: PageGuard, devices: DeviceRegistry) -> None:
        self._guard, self._devices = guard, devices

    def routes(self) -> list[Route]:
        """The pages' routes."""
        route = self._guard.route
        return [
            route(TEAM, self.received_changes),
            route(f"{TEAM}/same", self.possible_duplicates),
            route(f"{TEAM}/aside", self.quarantine),
            route(f"{TEAM}/staff", self.staff),
            route(f"{TEAM}/audit", self.audit),
            route(f"{TEAM}/figures", self.statistics),
            route(CODE, self.choose_staff_member),
            route(CODE, self.create_code, "POST"),
            route(LAPTOPS, self.laptops),
            route(LAPTOP, self.laptop),
            route(ACT, self.confirm_action),
            route(ACT, self.run_action, "POST"),
        ]

    async def received_changes(self, request: Request) -> Response:
        """Page of the changes received last; leads also see a notice of possible duplicates."""
        member = await self._guard.authorise(request, roles.WRITERS, "looked at what has arrived")
        team, leads = member.team, member.membership.role in roles.LEADS

        def view(repository: Repository, frame: TeamFrame) -> str:
            duplicates = possible_duplicates.count(repository, team.team_id) if leads else ""
            return received_changes.of_team(repository, team, frame, duplicates)

        return await self._page(member, view)

    async def possible_duplicates(self, request: Request) -> Response:
        """Page of possible duplicates: records that may be about the same person."""
        member = await self._guard.authorise(request, roles.LEADS, "looked at who may be the same person")
        return await self._page(member, possible_duplicates.page)

    async def quarantine(self, request: Request) -> Response:
        """Page of quarantined changes."""
        member = await self._guard.authorise(request, roles.LEADS, "looked at changes not accepted")
        return await self._page(member, team_views.quarantined)

    async def staff(self, request: Request) -> Response:
        """Page of the team's staff."""
        member = await self._guard.authorise(request, roles.LEADS)
        return await self._page(member, team_views.staff)

    async def audit(self, request: Request) -> Response:
        """Page of the team's audit log, for auditors."""
        member = await self._guard.authorise(request, {roles.AUDITOR}, "looked at who did what")
        return await self._page(member, team_views.audit_lines)

    async def statistics(self, request: Request) -> Response:
        """Page of the team's statistics under disclosure control, for commissioners."""
        member = await self._guard.authorise(request, {roles.COMMISSIONER}, "looked at the numbers")
        return await self._page(member, team_views.statistics)

    async def laptops(self, request: Request) -> Response:
        """Page of the team's laptops."""
        member = await self._guard.authorise(request, roles.LEADS)
        return await self._page(member, device_views.devices)

    async def laptop(self, request: Request) -> Response:
        """Page of one laptop, with the actions its state allows."""
        member = await self._guard.authorise(request, roles.LEADS)
        device = await self._device(member, request)
        return await self._page(member, lambda repository, frame: device_views.device_page(repository, device, frame))

    async def confirm_action(self, request: Request) -> Response:
        """Page that asks to confirm an action on a laptop."""
        member = await self._guard.authorise(request, roles.LEADS)
        device = await self._device(member, request)
        return self._guard.page(member, device_views.confirm_action(device, _what(request, device), member.frame))

    async def run_action(self, request: Request) -> Response:
        """Carry out a confirmed action on a laptop: lock, release, wipe, revoke or a new enrolment code."""
        member = await self._guard.authorise(request, roles.LEADS)
        await self._guard.read_form(request, member.session)
        device = await self._device(member, request)
        what, team_id, by = _what(request, device), member.team.team_id, member.membership.staff_id
        if what == "code":
            return await self._code(member, device.staff_id, device.device_id)
        if what == "end":
            await self._guard.run(lambda: self._devices.revoke(team_id, device.device_id, by))
        else:
            await self._guard.run(lambda: self._devices.send_command(team_id, device.device_id, what, by))
        there = f"/team/{quote(team_id)}/laptops/{quote(device.device_id)}"
        return self._guard.refresh_session(RedirectResponse(there, 303, headers=PAGE_HEADERS), member.session)

    async def choose_staff_member(self, request: Request) -> Response:
        """Page that asks whose a new laptop will be."""
        member = await self._guard.authorise(request, roles.LEADS)
        return await self._page(member, device_views.choose_staff_member)

    async def create_code(self, request: Request) -> Response:
        """Create an enrolment code for a new laptop and show it once."""
        member = await self._guard.authorise(request, roles.LEADS)
        fields = await self._guard.read_form(request, member.session, "staff")
        return await self._code(member, fields["staff"])

    async def _code(self, member: TeamMember, staff_id: str, device_id: str = "") -> Response:
        if not is_identifier(staff_id):
            raise HttpProblem(404, NOBODY)
        address, team_id, by = self._guard.login.address, member.team.team_id, member.membership.staff_id

        def work() -> str:
            code = self._devices.create_enrolment_code(address, team_id, staff_id, device_id, by)
            staff = self._guard.storage.read({team_id}, lambda repository: repository.staff_member(team_id, staff_id))
            return device_views.code(code, staff.name if staff else staff_id, member.frame)

        try:
            html = await self._guard.run(work)
        except SettingsProblem as error:
            raise HttpProblem(404, NOBODY) from error
        return self._guard.page(member, html)

    async def _device(self, member: TeamMember, request: Request) -> Device:
        team_id, device_id = member.team.team_id, request.path_params["device_id"]
        storage, known = self._guard.storage, is_identifier(device_id)
        found = await self._guard.run(
            lambda: storage.read({team_id}, lambda repository: repository.device(team_id, device_id) if known else None)
        )
        if found is None:
            raise HttpProblem(404, NO_LAPTOP)
        return found

    async def _page(self, member: TeamMember, view: Callable[[Repository, TeamFrame], str]) -> Response:
        return self._guard.page(
            member, await self._guard.read(member, lambda repository: view(repository, member.frame))
        )


def _what(request: Request, device: Device) -> str:
    """The action in the request's path; an HttpProblem unless the laptop's state allows it."""
    what = str(request.path_params["what"])
    if what not in device_views.ACTIONS:
        raise HttpProblem(404, NOT_THIS_FORM)
    if device.state not in device_views.ACTIONS[what].to:
        raise HttpProblem(409, NOT_NOW)
    return what
