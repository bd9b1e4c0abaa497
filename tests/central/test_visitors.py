"""How long somebody stays signed in, and what a cookie is worth elsewhere."""

from datetime import UTC, datetime, timedelta

import pytest
from starlette.requests import Request
from starlette.responses import Response

from phb_tui.central.auth.sessions import Pending, Visit, Visitors
from phb_tui.sync import signing
from tests import centrals

START = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
PENDING = Pending("state", "nonce", "verifier")


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
    visitors = Visitors(centrals.KEY, clock, secure=True)
    visit = visitors.begin(answer, "sub-lee")
    clock.passed = timedelta(minutes=29)
    assert visitors.visit(asking(cookies(answer))) == visit
    clock.passed = timedelta(minutes=31)
    assert visitors.visit(asking(cookies(answer))) is None
    clock.passed = timedelta()
    while (found := visitors.visit(asking(cookies(answer)))) is not None:
        answer = Response()
        visitors.renew(answer, found)
        clock.passed += timedelta(minutes=20)
    assert clock.passed == timedelta(hours=8)


def test_every_process_of_central_knows_them_and_no_other_central() -> None:
    """What one process sealed another opens, for both have central's key; with another key it is nothing."""
    answer = Response()
    visit = Visitors(centrals.KEY, Clock(), secure=False).begin(answer, "sub-lee")
    assert Visitors(centrals.KEY, Clock(), secure=False).visit(asking(cookies(answer))) == visit
    assert Visitors(signing.new_key()[0], Clock(), secure=False).visit(asking(cookies(answer))) is None


def test_one_sort_of_cookie_is_not_taken_for_the_other() -> None:
    """Somebody who is on their way to the provider is not signed in, whatever name the cookie is sent under."""
    visitors, answer = Visitors(centrals.KEY, Clock(), secure=False), Response()
    visitors.send_away(answer, PENDING)
    (sealed,) = cookies(answer).values()
    assert visitors.pending(asking(cookies(answer))) == PENDING
    assert visitors.visit(asking({visitors.name: sealed})) is None
    answer = Response()
    visitors.begin(answer, "sub-lee")
    assert visitors.pending(asking({"phb-signing-in": cookies(answer)[visitors.name]})) is None


@pytest.mark.parametrize("secure", [True, False])
def test_a_cookie_is_kept_from_scripts_and_other_sites(secure: bool) -> None:  # noqa: FBT001
    """Each is HttpOnly and SameSite; with https it is never sent without, and no other name can set it."""
    visitors = Visitors(centrals.KEY, Clock(), secure=secure)
    answer = Response()
    visitors.send_away(answer, PENDING)
    visitors.begin(answer, "sub-lee")
    visitors.end(answer)
    found = [value for name, value in answer.headers.items() if name == "set-cookie"]
    assert len(found) == 4
    for cookie in found:
        assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
        assert ("Secure" in cookie, cookie.startswith("__Host-")) == (secure, secure)


def test_a_token_is_one_visits() -> None:
    """Each visit has a token of its own, which no record of it shows."""
    one, two = (Visitors(centrals.KEY, Clock(), secure=False).begin(Response(), "sub-lee") for _ in range(2))
    assert one.sent(one.token)
    assert not one.sent(two.token)
    assert not one.sent("é")
    assert one.token not in repr(one)
    assert Visit("a", 1, "b") == Visit("a", 1, "b")
