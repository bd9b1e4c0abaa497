"""What somebody gets who has not signed in, at every address, behind real proxies, whoever they say they are."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import httpx2
import pytest
from starlette.routing import Route

from phb_tui.central.api.context import Central
from phb_tui.central.auth import roles
from phb_tui.central.auth.login_settings import OidcSettings
from phb_tui.central.http.limits import Limits
from phb_tui.central.server.app import make_app
from phb_tui.central.server.factory import build_central
from phb_tui.central.server.login_factory import link_login, oidc_login
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.storage.repository import Storage
from tests import counts, factories
from tests.central import reverse_proxies
from tests.central.client_requests import PUBLIC, TEAM, asking, changes, request
from tests.oidc.running import FREE, NOWHERE, add_user, now

SECRET = "SECRETWORDS"
WAYS = ("nobody signs in", "by a provider", "by a link")
ROUTES = {
    "GET /": (200, 200, 200),
    "GET /sign-in": (404, 503, 404),
    "GET /signed-in": (404, 403, 404),
    "GET /link/{token}": (404, 403, 403),
    "POST /sign-out": (404, 401, 401),
    **{
        f"GET /team/{{team_id}}{page}": (404, 401, 401)
        for page in ("", "/same", "/aside", "/staff", "/audit", "/figures", "/code", "/laptops", "/laptops/{device_id}",
                     "/laptops/{device_id}/{what}", "/decisions", "/decisions/{request_id}")
    },
    "POST /team/{team_id}/code": (404, 401, 401),
    "POST /team/{team_id}/laptops/{device_id}/{what}": (404, 401, 401),
    "POST /team/{team_id}/decisions/{request_id}": (404, 401, 401),
    "GET /stick": (200, 200, 200),
    "POST /stick": (400, 400, 400),
    "POST /v1/sync": (401, 401, 401),
    "POST /v1/enrol": (400, 400, 400),
    "POST /v1/succeed": (401, 401, 401),
    "GET /healthz": (200, 200, 200),
    "GET /readyz": (200, 200, 200),
    "GET /metrics": (200, 200, 200),
    "GET /openapi.json": (200, 200, 200),
}  # fmt: skip
"""What anybody gets at every address there is, by the three ways in which people sign in or do not."""
NOT_THERE = (
    "/docs",
    "/redoc",
    "/openapi.yaml",
    "/index.html",
    "/arrived",
    "/team",
    "//",
    "/./",
    "/%2e%2e/",
    "/team/north/x",
)
HERE = ("localhost", "127.0.0.1", "[::1]", "localhost:8765", "127.0.0.1.example.org", "central.example.org", "")
SAID = (
    {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "localhost", "X-Forwarded-Proto": "https", "X-Real-IP": "::1"},
    {"Forwarded": 'for=127.0.0.1;host=localhost;proto=https;by="[::1]"', "Via": "1.1 localhost"},
    {
        "Remote-User": "sub-lead",
        "X-Forwarded-User": "sub-lead",
        "X-Remote-User": "sub-lead",
        "X-Auth-Email": "sub-lead",
    },
    {"X-Original-URL": f"/team/{TEAM}", "X-Rewrite-URL": f"/team/{TEAM}", "X-HTTP-Method-Override": "GET"},
    {"Authorization": "Bearer sub-lead", "Cookie": "phb-visit=sub-lead; __Host-phb-visit=sub-lead"},
)
"""What a hostile visitor says of who and where they are."""


@pytest.fixture(scope="module")
def storage() -> Iterator[Storage]:
    """North has words in its book, a laptop and a lead who can sign in."""
    made = Storage.on_sqlite(None)
    factories.admit(made, TEAM, "d0", factories.nurse("d0"), PUBLIC)
    add_user(made, TEAM, "lead", roles.TEAM_LEAD)
    with serve_in_thread(build_central(made, factories.KEY)) as found, asking(found, "d0") as line:
        line.sync(request("d0", changes("d0", 1, 20, value=SECRET)))
    yield made
    made.close()


def central(storage: Storage, way: str, address: str = "http://127.0.0.1:1") -> Central:
    made = build_central(storage, factories.KEY, limits=FREE)
    if way == "by a provider":
        return replace(made, login=oidc_login(OidcSettings(NOWHERE, "central", address), factories.KEY, now))
    return replace(made, login=link_login("sub-lead", address, factories.KEY, now)) if way == "by a link" else made


@pytest.fixture(scope="module", params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=["nothing", "a proxy", "nginx"])
def address(
    request: pytest.FixtureRequest, storage: Storage, way: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where visitors ask; on a loopback address, as a proxy on central's own machine does."""
    with serve_in_thread(central(storage, way)) as found:
        if request.param == "a proxy":
            with reverse_proxies.plain(found) as outside:
                yield outside
        elif request.param == "nginx":
            with reverse_proxies.nginx(found, tmp_path_factory.mktemp("nginx")) as outside:
                yield outside
        else:
            yield found


def there(path: str) -> str:
    return path.format(team_id=TEAM, device_id="d0", what="lock", token="guessed", request_id="r")


def says_nothing(found: httpx2.Response) -> bool:
    return not any(word in found.text for word in (SECRET, "Nurse d0", "Laptop d0", "Lead North", "phb2.", "sub-lead"))


def test_every_address_that_there_is_stands_in_the_table(storage: Storage, way: str) -> None:
    """An address that central gets in future, documented or not, has to be tried as somebody who has not signed in."""
    app = make_app(central(storage, way))
    routes = [route for route in app._app.app.routes if isinstance(route, Route)]  # type: ignore[attr-defined]
    found = {f"{method} {route.path}" for route in routes for method in route.methods or () if method != "HEAD"}
    assert len(routes) == len(app._app.app.routes)  # type: ignore[attr-defined]
    assert found == ROUTES.keys()


@pytest.mark.parametrize("operation", counts.some(ROUTES))
def test_somebody_who_has_not_signed_in_sees_nothing_about_anybody(operation: str, way: str, address: str) -> None:
    """Whatever Host and whatever else a visitor says, each address answers the same, and no word is about anybody."""
    method, _, path = operation.partition(" ")
    with httpx2.Client(trust_env=False) as client:
        for said in ({}, *({"Host": host} for host in HERE), *SAID):
            found = client.request(method, f"{address}{there(path)}", headers=said)
            expected = ROUTES[operation][WAYS.index(way)]
            refused_by_the_proxy = found.status_code == 400 and "nginx" in found.text
            assert refused_by_the_proxy or found.status_code == expected, (said, found.text)
            assert says_nothing(found), said


@pytest.mark.parametrize("path", counts.some(NOT_THERE))
def test_there_is_nothing_at_any_other_address(path: str, address: str) -> None:
    """Where other services have their documents and pages central has none."""
    found = httpx2.get(f"{address}{path}", headers={"Host": "localhost"}, trust_env=False)
    assert says_nothing(found)
    # A proxy may refuse an address, or make "/" of it.
    assert found.status_code == 404 or "nginx" in found.text or "<title>Team server</title>" in found.text


@pytest.mark.parametrize("peer", [("127.0.0.1", 1), ("::1", 1), ("10.0.0.1", 1), ("/run/central.sock", 0)])
def test_it_makes_no_difference_where_a_visitor_comes_from(peer: tuple[str, int], storage: Storage, way: str) -> None:
    """At this machine, elsewhere or by a socket that is a file: who has not signed in sees nothing about anybody."""

    async def ask() -> list[httpx2.Response]:
        transport = httpx2.ASGITransport(make_app(central(storage, way)), client=peer)
        async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return [await client.get(there(name.partition(" ")[2])) for name in ROUTES if name.startswith("GET")]

    for found in asyncio.run(ask()):
        assert says_nothing(found), found.url


def test_who_has_signed_in_is_served_through_a_proxy(storage: Storage) -> None:
    """The link lets its own person in, also through a proxy: what counts is the cookie, and not where anybody is."""
    made = central(storage, "by a link")
    assert made.login
    assert made.login.link
    with (
        serve_in_thread(made) as found,
        reverse_proxies.plain(found) as outside,
        httpx2.Client(trust_env=False, follow_redirects=True) as client,
    ):
        assert SECRET in client.get(f"{outside}{made.login.link.path}").text
        assert SECRET in client.get(f"{outside}/team/{TEAM}").text
        assert says_nothing(httpx2.get(f"{outside}/team/{TEAM}", trust_env=False))


def test_nobody_is_asked_for_by_what_a_visitor_says(storage: Storage) -> None:
    """How often an address may ask is counted by who really asks, so nobody asks more often so."""
    made = replace(build_central(storage, factories.KEY, limits=Limits(unknown_burst=3, unknown_per_second=0.001)))
    with serve_in_thread(made) as found:
        statuses = [
            httpx2.post(f"{found}/v1/enrol", headers={"X-Forwarded-For": f"192.0.2.{n}"}, trust_env=False).status_code
            for n in range(5)
        ]
    assert statuses == [400, 400, 400, 429, 429]
