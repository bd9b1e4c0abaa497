"""How long somebody stays signed in, and what a cookie is worth elsewhere."""

from datetime import UTC, datetime, timedelta

import pytest
from starlette.requests import Request
from starlette.responses import Response

from phb_tui.central.auth.sessions import PendingLogin, SessionCookies, WebSession
from phb_tui.sync import signing
from tests import factories

START = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
PENDING = PendingLogin("state", "nonce", "verifier")


class Clock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.passed = timedelta()

    def __call__(self) -> datetime:
        return START + self.passed


def cookies(answer: Response) -> dict[str, str]:
    """The cookies that an answer sets, by name."""
    found = [value.partition(";")[0] for name, value in answer.headers.items() if name == "set-cookie"]
    return dict(cookie.split("=", 1) for cookie in found)


def asking(brought: dict[str, str]) -> Request:
    words = "; ".join(f"{name}={value}" for name, value in brought.items())
    return Request({"type": "http", "headers": [(b"cookie", words.encode())]})


def test_somebody_stays_signed_in_while_they_are_there() -> None:
    """Half an hour without asking is too long; whoever goes on asking is signed in for eight hours and no longer."""
    clock, answer = Clock(), Response()
    sessions = SessionCookies(factories.KEY, clock, secure=True)
    visit = sessions.create(answer, "sub-lee")
    clock.passed = timedelta(minutes=29)
    assert sessions.read(asking(cookies(answer))) == visit
    clock.passed = timedelta(minutes=31)
    assert sessions.read(asking(cookies(answer))) is None
    clock.passed = timedelta()
    while (found := sessions.read(asking(cookies(answer)))) is not None:
        answer = Response()
        sessions.refresh(answer, found)
        clock.passed += timedelta(minutes=20)
    assert clock.passed == timedelta(hours=8)


def test_every_process_of_central_knows_them_and_no_other_central() -> None:
    """What one process sealed another opens, for both have central's key; with another key it is nothing."""
    answer = Response()
    visit = SessionCookies(factories.KEY, Clock(), secure=False).create(answer, "sub-lee")
    assert SessionCookies(factories.KEY, Clock(), secure=False).read(asking(cookies(answer))) == visit
    assert SessionCookies(signing.new_key()[0], Clock(), secure=False).read(asking(cookies(answer))) is None


def test_one_sort_of_cookie_is_not_taken_for_the_other() -> None:
    """Somebody who is on their way to the provider is not signed in, whatever name the cookie is sent under."""
    sessions, answer = SessionCookies(factories.KEY, Clock(), secure=False), Response()
    sessions.start_login(answer, PENDING)
    (sealed,) = cookies(answer).values()
    assert sessions.pending_login(asking(cookies(answer))) == PENDING
    assert sessions.read(asking({sessions.name: sealed})) is None
    answer = Response()
    sessions.create(answer, "sub-lee")
    assert sessions.pending_login(asking({"phb-signing-in": cookies(answer)[sessions.name]})) is None


@pytest.mark.parametrize("secure", [True, False])
def test_a_cookie_is_kept_from_scripts_and_other_sites(secure: bool) -> None:  # noqa: FBT001
    """Each is HttpOnly and SameSite; with https it is never sent without, and no other name can set it."""
    sessions = SessionCookies(factories.KEY, Clock(), secure=secure)
    answer = Response()
    sessions.start_login(answer, PENDING)
    sessions.create(answer, "sub-lee")
    sessions.clear(answer)
    found = [value for name, value in answer.headers.items() if name == "set-cookie"]
    assert len(found) == 4
    for cookie in found:
        assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
        assert ("Secure" in cookie, cookie.startswith("__Host-")) == (secure, secure)


def test_each_session_has_its_own_csrf_token() -> None:
    """Each session has a CSRF token of its own, which its `repr` does not show."""
    one, two = (SessionCookies(factories.KEY, Clock(), secure=False).create(Response(), "sub-lee") for _ in range(2))
    assert one.csrf_matches(one.csrf_token)
    assert not one.csrf_matches(two.csrf_token)
    assert not one.csrf_matches("é")
    assert one.csrf_token not in repr(one)
    assert WebSession("a", 1, "b") == WebSession("a", 1, "b")
