"""Signing in with a real provider: the way there and back, and everybody who does not get in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from phb_tui.central.admin.staff import StaffAdmin
from phb_tui.central.http.limits import Limits
from phb_tui.central.storage.repository import Storage
from tests import factories, postgres
from tests.central.client_requests import PUBLIC, TEAM
from tests.oidc.running import Settings, add_user, browser, central, now


@pytest.fixture
def storage() -> Iterator[Storage]:
    made = Storage.on_sqlite(None)
    factories.admit(made, TEAM, "d0", factories.nurse("d0"), PUBLIC)
    add_user(made, TEAM, "lee", "team lead")
    yield made
    made.close()


def lines(storage: Storage, team: str = TEAM) -> list[tuple[str, str]]:
    """The audit's last lines: who and what."""
    return [
        (who, what)
        for _n, _at, who, what, _about, _hash in storage.read({team}, lambda repository: repository.audit(team))
    ]


@pytest.mark.parametrize(("client_id", "secret"), [("central", ""), ("central-with-secret", "a secret for tests")])
def test_somebody_signs_in_and_out(client_id: str, secret: str, issuer: str, storage: Storage) -> None:
    """Whoever was let in comes to their team's page, and after signing out to none; the audit says both."""
    with central(storage, Settings(issuer, client_id, secret=secret)) as address, browser(address) as lee:
        assert "Sign in" in lee.get("/").text
        found = lee.sign_in("sub-lee")
        assert (found.status_code, urlsplit(str(found.url)).path) == (200, f"/team/{TEAM}")
        assert "Lee North" in found.text
        token = re.search(r'name="token" value="([^"]+)"', found.text)
        assert token
        out = lee.client.post(f"{address}/sign-out", data={"token": token[1]})
        assert "Sign in" in out.text
        assert lee.get(f"/team/{TEAM}").status_code == 401
    assert [line for line in lines(storage) if line[0] == "lee"] == [
        ("lee", "signed in"), ("lee", "looked at what has arrived"), ("lee", "signed out"),
    ]  # fmt: skip


def test_a_cookie_that_was_copied_is_no_good_after_signing_out(issuer: str, storage: Storage) -> None:
    """Signing out ends what somebody was signed in with anywhere; signing in again is something new."""
    with central(storage, Settings(issuer)) as address, browser(address, "sub-lee") as lee:
        copied = httpx2.Cookies(lee.client.cookies)
        assert httpx2.get(f"{address}/team/{TEAM}", cookies=copied, trust_env=False).status_code == 200
        lee.post("/sign-out")
        assert httpx2.get(f"{address}/team/{TEAM}", cookies=copied, trust_env=False).status_code == 401
        assert "Sign in" in httpx2.get(address, cookies=copied, trust_env=False).text
        assert lee.sign_in("sub-lee").status_code == 200


def test_somebody_nobody_knows_is_told_what_to_do(issuer: str, storage: Storage) -> None:
    """Whoever no team has let in sees their own name there, to tell it to their team lead, and nothing of a team."""
    with central(storage, Settings(issuer)) as address, browser(address) as stranger:
        found = stranger.sign_in("sub-who")
        assert found.status_code == 403
        assert "sub-who" in found.text
        assert "Tell your team lead" in found.text
        assert TEAM not in found.text
        storage.write({TEAM}, lambda repository: repository.remove_sign_ins(TEAM, "lee"))
        StaffAdmin(storage, now).link_identity(TEAM, "lee", "sub-who")
        assert stranger.get("/").status_code == 200


def test_a_name_can_be_the_address_that_the_provider_has_checked(issuer: str, storage: Storage) -> None:
    """With `--claim email` somebody is known by their address, and only if the provider has checked it."""
    StaffAdmin(storage, now).link_identity(TEAM, "lee", "lee@example.org")
    with central(storage, Settings(issuer, claim="email")) as address:
        with browser(address) as lee:
            assert "Lee North" in lee.sign_in("lee").text
        with browser(address) as other:
            found = other.sign_in("unchecked")
            assert (found.status_code, "has not checked" in found.text) == (403, True)


@pytest.mark.parametrize("engine", postgres.ENGINES)
def test_somebody_in_several_teams_chooses_one(engine: str, issuer: str) -> None:
    """One look-up in all teams finds each of theirs with what they are there; other teams are not named."""
    with postgres.storage_on(engine) as storage:
        for team, role in ((TEAM, "team lead"), ("south", "auditor"), ("west", "")):
            factories.admit(storage, team, "d0", factories.nurse("d0"), PUBLIC)
            if role:
                add_user(storage, team, "lee", role)
        with central(storage, Settings(issuer)) as address, browser(address) as lee:
            found = lee.sign_in("sub-lee")
            assert found.status_code == 200
            assert re.findall(r'href="(/team/[^"]+)"', found.text) == [f"/team/{TEAM}", "/team/south/audit"]
            assert "as auditor" in found.text
        assert ("lee", "signed in") in lines(storage, "south")
        assert ("lee", "signed in") not in lines(storage, "west")


def test_whoever_gives_up_at_the_provider_may_start_again(issuer: str, storage: Storage) -> None:
    """An error from the provider becomes a sentence, without the provider's words."""
    with central(storage, Settings(issuer)) as address, browser(address) as lee:
        found = lee.sign_in("")
        assert (found.status_code, "did not finish" in found.text) == (403, True)
        assert "No name was given" not in found.text
        assert lee.sign_in("sub-lee").status_code == 200


@contextmanager
def come_back(address: str, subject: str) -> Iterator[tuple[httpx2.Client, str]]:
    """A browser that was at the provider, and the address it was sent back to but has not asked for yet."""
    with httpx2.Client(trust_env=False) as client:
        there = str(client.get(f"{address}/sign-in").headers["location"])
        answer = client.get(there)
        form = httpx2.URL(there).join(answer.headers["location"])
        answer = client.post(form, data={"name": subject})
        while not (back := str(httpx2.URL(there).join(answer.headers["location"]))).startswith(address):
            answer = client.get(back)
        yield client, back


def test_an_answer_is_good_once_and_in_the_browser_that_asked(issuer: str, storage: Storage) -> None:
    """The provider's answer in another browser, with another state, or a second time, lets nobody in."""
    with central(storage, Settings(issuer)) as address, come_back(address, "sub-lee") as (client, back):
        stranger = httpx2.get(back, trust_env=False)
        assert (stranger.status_code, "not started in this browser" in stranger.text) == (403, True)
        state = parse_qs(urlsplit(back).query)["state"][0]
        assert client.get(back.replace(state, "x" * len(state))).status_code == 403
        pending = {"phb-signing-in": client.cookies["phb-signing-in"]}
        found = client.get(back)
        assert (found.status_code, found.headers["location"]) == (303, "/")
        assert "phb-signing-in" not in client.cookies
        again = httpx2.get(back, cookies=pending, trust_env=False)
        assert (again.status_code, "set-cookie" in again.headers) == (403, False)


def test_what_a_browser_brought_does_not_stay(issuer: str, storage: Storage) -> None:
    """Whoever signs in gets a new cookie and a new token, whatever the browser had before."""
    with central(storage, Settings(issuer)) as address, browser(address, "sub-other") as lee:
        before = lee.client.cookies["phb-visit"]
        found = lee.sign_in("sub-lee")
        assert "Lee North" in found.text
        assert lee.client.cookies["phb-visit"] != before
        assert lee.token not in found.text


def test_the_cookie_is_for_central_alone(issuer: str, storage: Storage) -> None:
    """No script can read it, no other site sends it along, and it says nothing about whose it is."""
    with central(storage, Settings(issuer)) as address, browser(address, "sub-lee") as lee:
        found = lee.get(f"/team/{TEAM}").headers["set-cookie"]
        assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=1800"} <= set(found.split("; "))
        assert "sub-lee" not in found


def test_a_login_that_takes_too_long_gets_a_sentence(issuer: str, storage: Storage) -> None:
    """Whoever takes longer than ten minutes at the provider starts again."""
    passed = [timedelta()]

    def later() -> datetime:
        return now() + passed[0]

    with central(storage, Settings(issuer, now=later)) as address, come_back(address, "sub-lee") as (client, back):
        passed[0] = timedelta(minutes=11)
        found = client.get(back)
        assert (found.status_code, "took too long" in found.text) == (403, True)


def test_signing_in_without_end_is_slowed_down(issuer: str, storage: Storage) -> None:
    """An address that begins to sign in again and again is told to wait, on a page."""
    with central(storage, Settings(issuer, limits=Limits(unknown_burst=3, unknown_per_second=0.01))) as address:
        found = [httpx2.get(f"{address}/sign-in", trust_env=False) for _ in range(5)]
    assert [answer.status_code for answer in found] == [303] * 3 + [429] * 2
    assert int(found[-1].headers["Retry-After"]) > 0
    assert "Wait for a minute" in found[-1].text
