"""The OpenAPI document is true: schemathesis plays it against the real service, with every check it has."""

import json
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from requests.auth import AuthBase
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.result import Ok
from starlette.responses import Response

from phb_tui.central.auth.login_settings import Login, LoginFailed
from phb_tui.central.auth.sessions import PendingLogin, SessionCookies, WebSession
from phb_tui.central.http.limits import Limits
from phb_tui.central.server.factory import build_central
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.storage.repository import Storage
from phb_tui.sync import wire
from phb_tui.sync.protocol import PATH
from phb_tui.sync.signing import Message, Signer
from tests import counts, factories
from tests.central.client_requests import KEY, PUBLIC, TEAM, request
from tests.central.decision.office import Office
from tests.oidc.running import add_user

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

load_all_checks()
ALL: list[Any] = CHECKS.get_all()
ENDLESS = Limits(burst=10**9, unknown_burst=10**9)
Case = schemathesis.Case[Any]
READ = ("/stick", "/", "/healthz", "/readyz", "/metrics", "/sign-in", "/signed-in", "/link/{token}")
LAPTOP = "/laptops/{device_id}"
REQUEST = "/decisions/{request_id}"
PAGES = (
    "", "/decisions", REQUEST,
    "/same", "/aside", "/staff", "/audit", "/figures", "/laptops", LAPTOP, f"{LAPTOP}/{{what}}", "/code",
)  # fmt: skip
LAPTOPS = ("/v1/sync", "/v1/enrol", "/v1/succeed", "/stick")
SENT = (*LAPTOPS, "/sign-out", "/team/{team_id}/code", f"/team/{{team_id}}{LAPTOP}/{{what}}",
        f"/team/{{team_id}}{REQUEST}")  # fmt: skip
OPERATIONS = (
    *(f"POST {address}" for address in SENT),
    *(f"GET {address}" for address in READ),
    *(f"GET /team/{{team_id}}{page}" for page in PAGES),
)
"""Every operation but the document's own, which schemathesis leaves out."""
REFUSED = ("POST /v1/enrol", "POST /v1/succeed", "POST /stick", "GET /signed-in", "GET /link/{token}")
"""Operations for which only a laptop, a provider or central can make up what is asked; the others are seen done."""


ORDINARY: dict[str, Any] = json.loads(wire.unpack(wire.encode_request(request("d0")), wire.LONGEST_REQUEST))
"""A request that a laptop which has nothing to send makes; chance seldom makes one that central takes."""

PEOPLE = {"lead": "team lead", "watcher": "auditor", "buyer": "commissioner", "leaver": "nurse advisor", "pat": "panel"}
WHO = {"/team/{team_id}/audit": "watcher", "/team/{team_id}/figures": "buyer", "/sign-out": "leaver",
       "/team/{team_id}/decisions": "pat", f"/team/{{team_id}}{REQUEST}": "pat"}  # fmt: skip
"""Who asks for an address; else the team lead does."""
THERE = {"request_id": ""}
"""A request to the panel."""
VISITORS = SessionCookies(factories.KEY, lambda: datetime.now(UTC), secure=False)


def visit_of(path: str) -> tuple[WebSession, str]:
    """The visit of whoever asks for an address, and the cookie."""
    answer = Response()
    visit = VISITORS.create(answer, f"sub-{WHO.get(path, 'lead')}")
    return visit, answer.headers["set-cookie"].partition("=")[2].partition(";")[0]


class Elsewhere:
    """A provider that nobody comes back from, for schemathesis does not go there."""

    def authorization_url(self) -> tuple[str, PendingLogin]:
        """Where to."""
        return "https://provider.example/authorize?client_id=central", PendingLogin("state", "nonce", "verifier")

    def exchange_code(self, _answer: Mapping[str, str], _pending: PendingLogin) -> str:
        """Nobody."""
        raise LoginFailed("Nobody came back.")


SIGN = "to be signed"
"""Stands where the laptop's signature will be, until the body is known."""


class Joined:
    """Tells schemathesis that a case is that of a laptop that has joined, or of somebody who has signed in.

    It takes that away again to see what happens.
    """

    def get(self, _case: Case, _context: schemathesis.AuthContext) -> str:
        """The mark."""
        return SIGN

    def set(self, case: Case, data: str, _context: schemathesis.AuthContext) -> None:
        """Mark a case."""
        case.headers["Signature"] = data
        case.cookies["phb-visit"] = visit_of(case.operation.path)[1]


class Laptop(AuthBase):
    """Squeezes requests, and signs those that are marked, as a laptop that has joined does."""

    def __call__(self, asked: requests.PreparedRequest) -> requests.PreparedRequest:
        """Sign a request on its way."""
        body = asked.body.encode() if isinstance(asked.body, str) else asked.body or b""
        assert isinstance(body, bytes)
        if str(asked.url).endswith(PATH):
            body = zstd.compress(body)
            asked.prepare_body(body, None)
        if asked.headers.get("Signature") != SIGN:
            return asked
        del asked.headers["Signature"]
        headers = {name: str(value) for name, value in asked.headers.items()}
        message = Message(str(asked.method), str(asked.url), headers)
        message.headers.setdefault("Content-Type", "application/json")
        Signer(TEAM, "d0", KEY).sign(message, body, int(time.time()))
        asked.headers.update(message.headers)
        return asked


def as_written(body: Any) -> Any:
    """A body as this protocol writes JSON: whole numbers without a decimal point, text that is Unicode."""
    if isinstance(body, dict):
        return {as_written(name): as_written(value) for name, value in body.items()}
    if isinstance(body, list):
        return [as_written(value) for value in body]
    if isinstance(body, str):
        return body.encode("utf-8", "replace").decode()
    return int(body) if isinstance(body, float) and body.is_integer() else body


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    storage = Storage.on_sqlite(None)
    for device in ("d0", "d1", "d2"):
        factories.admit(storage, TEAM, device, factories.nurse(device), PUBLIC)
    for name, role in PEOPLE.items():
        add_user(storage, TEAM, name, role)
    office = Office(storage)
    THERE["request_id"] = office.ask(office.keep(), to="panel")
    login = Login("https://central.example", Elsewhere(), VISITORS)
    with serve_in_thread(replace(build_central(storage, factories.KEY, limits=ENDLESS), login=login)) as found:
        yield found
    storage.close()


@pytest.mark.parametrize("name", counts.some(OPERATIONS))
def test_the_service_does_what_its_document_says(name: str, address: str) -> None:
    """Whatever schemathesis sends to an address, every one of its checks is content."""
    schema = schemathesis.openapi.from_url(f"{address}/openapi.json")
    schema.auth()(Joined)
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    (operation,) = [found for found in operations if found.label == name]
    assert len(operations) == len(OPERATIONS)
    visit, cookie = visit_of(operation.path)
    statuses: set[int] = set()

    @given(case=operation.as_strategy(), known=st.booleans())
    @settings(max_examples=counts.BODIES // 40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def play(case: Case, known: bool) -> None:  # noqa: FBT001 - Hypothesis names it
        body = case.body = as_written(case.body)
        if known and isinstance(body, dict) and isinstance(body.get("team_id"), str):
            body["team_id"], body["device_id"] = TEAM, "d0"
        if known and operation.path == PATH and isinstance(body, dict):
            body |= {name: ORDINARY[name] for name in ("cursor", "chain", "first", "changes")}
        if known and isinstance(body, dict) and isinstance(body.get("token"), str):
            body["token"] = visit.csrf_token
            body |= {"staff": "lead"} if "staff" in body else {}
            case.cookies["phb-visit"] = cookie
        if known and case.path_parameters:
            # What can be done to a laptop depends on what was done to it: the one that is asked about stays as it is.
            device = {"device_id": "d1" if operation.method == "post" else "d2"}
            there = {name: value for name, value in (THERE | device).items() if name in case.path_parameters}
            case.path_parameters |= {"team_id": TEAM, **there}
        with requests.Session() as session:
            session.auth = Laptop()
            answer = case.call_and_validate(base_url=address, session=session, checks=ALL, allow_redirects=False)
        statuses.add(answer.status_code)

    play()
    assert name in REFUSED or any(status < 400 for status in statuses), statuses


def test_no_address_is_missing_from_the_document(address: str) -> None:
    """Every address that answers is in the document."""
    with requests.Session() as session:
        found = set(session.get(f"{address}/openapi.json").json()["paths"])
    assert found == {*(name.split()[1] for name in OPERATIONS), "/openapi.json"}
