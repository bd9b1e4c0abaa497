"""Nobody sees or does at any of people's addresses what is not theirs: every address is tried as everybody."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from starlette.concurrency import run_in_threadpool

from phb_tui.central.admin.staff import StaffAdmin
from phb_tui.central.auth import roles
from phb_tui.central.auth.sessions import SessionCookies
from phb_tui.central.storage import audit_log
from phb_tui.central.storage.repository import Storage
from phb_tui.central.web.access_control import PageGuard, TeamMember
from phb_tui.central.web.decisions import FIELDS
from tests import factories, postgres
from tests.central.client_requests import PUBLIC, TEAM, asking, changes, request
from tests.central.decision.office import Office
from tests.oidc.running import Browser, add_user, browser, central, now

SECRET = "SECRETWORDS"
LEADS = {"lead"}
MAY = {
    "GET /team/{team_id}": {"nurse", "officer", "lead"},
    "GET /team/{team_id}/same": LEADS,
    "GET /team/{team_id}/aside": LEADS,
    "GET /team/{team_id}/staff": LEADS,
    "GET /team/{team_id}/laptops": LEADS,
    "GET /team/{team_id}/laptops/{device_id}": LEADS,
    "GET /team/{team_id}/laptops/{device_id}/{what}": LEADS,
    "POST /team/{team_id}/laptops/{device_id}/{what}": LEADS,
    "GET /team/{team_id}/code": LEADS,
    "POST /team/{team_id}/code": LEADS,
    "GET /team/{team_id}/audit": {"auditor"},
    "GET /team/{team_id}/figures": {"commissioner"},
    "GET /team/{team_id}/decisions": {"pat", "lead"},
    "GET /team/{team_id}/decisions/{request_id}": {"pat"},
    "POST /team/{team_id}/decisions/{request_id}": {"pat"},
}
"""Who may have each of a team's addresses, by the names below."""
PEOPLE = {
    "nurse": roles.NURSE_ADVISOR, "officer": roles.PHB_OFFICER, "lead": roles.TEAM_LEAD,
    "auditor": roles.AUDITOR, "commissioner": roles.COMMISSIONER, "pat": roles.PANEL,
}  # fmt: skip
FOR_ALL = {"GET /", "GET /sign-in", "GET /signed-in", "GET /link/{token}", "POST /sign-out"}
"""Addresses that are of no team."""
LAPTOPS = {
    "GET /stick", "POST /stick", "POST /v1/sync", "POST /v1/enrol", "POST /v1/succeed", "GET /healthz",
    "GET /readyz", "GET /metrics", "GET /openapi.json",
}  # fmt: skip
"""Addresses that are not people's; tests/central/api/test_authorisation.py tries them."""
OUT = {401, 403}
ASKED = {"device_id": "d1", "request_id": ""}
"""What north's addresses are asked about; the request is the panel's."""


@pytest.fixture(scope="module", params=postgres.ENGINES)
def storage(request: pytest.FixtureRequest) -> Iterator[Storage]:
    with postgres.storage_on(request.param) as made:
        yield made


@pytest.fixture(scope="module")
def address(storage: Storage) -> Iterator[str]:
    """North has words in its book and one of each role; south has its own of each, and somebody is in no team."""
    for team, device in ((TEAM, "d0"), (TEAM, "d1"), ("south", "other")):
        factories.admit(storage, team, device, factories.nurse(device), PUBLIC)
    for name, role in PEOPLE.items():
        add_user(storage, TEAM, name, role)
        add_user(storage, "south", f"south-{name}", role)
    office = Office(storage)
    ASKED["request_id"] = office.ask(office.keep("777.77"), to=roles.PANEL)
    with central(storage) as found:
        with asking(found, "d0") as line:
            line.sync(request("d0", changes("d0", 1, 20, value=SECRET)))
        yield found


def ask(who: Browser, operation: str) -> httpx2.Response:
    """Ask for one of north's addresses, with a whole form where one is sent."""
    method, _, path = operation.partition(" ")
    path = path.format(team_id=TEAM, what="code", **ASKED)
    if method == "GET":
        return who.client.get(f"{who.address}{path}", follow_redirects=False)
    fields = whole_form(path)
    return who.client.post(f"{who.address}{path}", data={"token": who.token, **fields}, headers={"Origin": who.address})


def whole_form(path: str) -> dict[str, str]:
    """The fields of a form but its token."""
    if "/decisions/" in path:
        return dict.fromkeys(FIELDS, "")
    return {"staff": "nurse"} if path.endswith("/code") and "laptops" not in path else {}


def says_nothing(found: httpx2.Response) -> bool:
    return not any(word in found.text for word in (SECRET, "777.77", "Nurse d0", "Laptop d0", "phb2.", "North"))


def test_every_address_of_peoples_is_tried_here(address: str) -> None:
    """An address that people get in future has to be tried here too."""
    paths = httpx2.get(f"{address}/openapi.json", trust_env=False).json()["paths"]
    found = {f"{method.upper()} {path}" for path, operations in paths.items() for method in operations}
    assert found == MAY.keys() | FOR_ALL | LAPTOPS


@pytest.mark.parametrize("operation", MAY)
def test_each_page_is_for_those_whose_role_it_is(operation: str, address: str) -> None:
    """Whoever may have it gets it; every other role of the team gets a sentence and nothing of the team's."""
    for name in PEOPLE:
        with browser(address, f"sub-{name}") as who:
            found = ask(who, operation)
        assert (found.status_code == 200) == (name in MAY[operation]), (name, found.status_code)
        if found.status_code != 200:
            assert (found.status_code, "does not see this page" in found.text) == (403, True)
            assert says_nothing(found)


@pytest.mark.parametrize("operation", MAY)
def test_nobody_else_gets_a_page(operation: str, address: str) -> None:
    """The same role of another team, somebody in no team, and nobody signed in get a sentence, and nothing is done."""
    for subject in (*(f"sub-south-{name}" for name in MAY[operation]), "sub-stranger", ""):
        with browser(address, subject) as who:
            found = ask(who, operation)
        assert found.status_code == (403 if subject else 401), subject
        assert found.headers["content-type"].startswith("text/html")
        assert says_nothing(found)


@pytest.mark.parametrize("operation", MAY)
def test_a_cookie_that_central_did_not_make_is_none(operation: str, address: str) -> None:
    """A cookie by another key, one that was changed, one that is cut off, and one that is words."""
    name = min(MAY[operation])
    with browser(address, f"sub-{name}") as who:
        real = who.client.cookies["phb-visit"]
    with browser(address, f"sub-{name}", key="11" * 32) as other:
        forged = other.client.cookies["phb-visit"]
    for cookie in (forged, real[:-2] + ("A" if real[-2] != "A" else "B") + real[-1], real[:40], "words", "", "=", "é"):
        with browser(address) as who:
            found = who.client.get(
                f"{address}{operation.partition(' ')[2].format(team_id=TEAM, what='lock', **ASKED)}",
                headers={b"Cookie": f"phb-visit={cookie}".encode()},
            )
        assert found.status_code == 401, cookie
        assert says_nothing(found)


@pytest.mark.parametrize("operation", [name for name in (*MAY, *FOR_ALL) if name.startswith("POST")])
def test_a_form_without_its_csrf_token_or_origin_does_nothing(operation: str, storage: Storage, address: str) -> None:
    """Without the page's own token, or sent from a page elsewhere, nothing is done and the audit has no line more."""

    def length() -> int:
        return len(storage.read({TEAM}, lambda repository: repository.audit(TEAM)))

    path = operation.partition(" ")[2].format(team_id=TEAM, what="lock", **ASKED)
    before, subject = length(), f"sub-{min(MAY.get(operation, LEADS))}"
    with browser(address, subject) as who, browser(address, subject) as again:
        fields = whole_form(path)
        good = {"token": who.token, **fields}
        elsewhere = ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"})
        tries: list[tuple[dict[str, Any], dict[str, str]]] = [
            *((good, headers) for headers in elsewhere),
            ({**good, "token": ""}, {}), ({**good, "token": again.token}, {}), (fields, {}),
            ({**good, "more": "x"}, {}), ({**good, "token": [who.token, who.token]}, {}),
        ]  # fmt: skip
        for data, headers in tries:
            found = who.client.post(f"{address}{path}", data=data, headers=headers)
            assert found.status_code in {400, 403, 415}, (data, headers)
        assert who.client.post(f"{address}{path}", json=good).status_code == 415
        assert who.client.post(f"{address}{path}", data={"token": "x" * 1_100_000}).status_code == 413
    assert length() == before


def test_somebody_who_was_removed_is_out_at_once(storage: Storage, address: str) -> None:
    """Whoever is signed in when their access ends gets nothing from the next request on, and another role at once."""
    add_user(storage, TEAM, "leaver", roles.TEAM_LEAD)
    with browser(address, "sub-leaver") as who:
        assert who.get(f"/team/{TEAM}/laptops").status_code == 200
        add_user(storage, TEAM, "leaver", roles.AUDITOR)
        assert who.get(f"/team/{TEAM}/laptops").status_code == 403
        assert who.get(f"/team/{TEAM}/audit").status_code == 200
        StaffAdmin(storage, now).remove(TEAM, "leaver")
        for page in ("", "/laptops", "/audit"):
            found = who.get(f"/team/{TEAM}{page}")
            assert (found.status_code, says_nothing(found)) == (403, True)
        assert "no team has let you in" in who.get("/").text


def test_the_audit_is_whole_after_all_that(storage: Storage, address: str) -> None:
    """Whatever is tried, the chain of what was done is unbroken, and every look at records is in it."""
    for name in PEOPLE:
        with browser(address, f"sub-{name}") as who:
            who.get(f"/team/{TEAM}")
    lines = storage.read({TEAM}, lambda repository: repository.audit(TEAM))
    assert storage.read({TEAM}, lambda repository: audit_log.first_broken_link(repository, TEAM)) == 0
    assert {who for _n, _at, who, what, *_ in lines if what == "looked at what has arrived"} == MAY[
        "GET /team/{team_id}"
    ]


@pytest.mark.parametrize("page", ["", "/laptops", "/aside"])
def test_a_role_that_changes_while_a_page_is_made_counts(
    page: str, storage: Storage, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is given another role after they were let to a page, and before it is read, does not get it."""
    add_user(storage, TEAM, "mover", roles.TEAM_LEAD)
    real = PageGuard.authorise

    async def enter(self: PageGuard, *arguments: Any) -> TeamMember:
        here = await real(self, *arguments)
        await run_in_threadpool(add_user, storage, TEAM, "mover", roles.AUDITOR)
        return here

    monkeypatch.setattr(PageGuard, "authorise", enter)
    with browser(address, "sub-mover") as who:
        found = who.get(f"/team/{TEAM}{page}")
    assert (found.status_code, says_nothing(found)) == (403, True)


def test_a_cookie_of_https_is_taken_by_no_other_name() -> None:
    """Where central has https, its cookie's name lets no other address of the same organisation set it."""
    assert SessionCookies(factories.KEY, now, secure=True).name.startswith("__Host-")
