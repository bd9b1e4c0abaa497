"""The link that signs one person in where there is no provider: good once, for half an hour, and in no log."""

import io
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from phb_tui.central.api.context import Central
from phb_tui.central.auth import roles
from phb_tui.central.auth.login_links import GOOD_SECONDS, OneTimeLink
from phb_tui.central.http.json_log import JsonLog
from phb_tui.central.server.factory import build_central
from phb_tui.central.server.login_factory import link_login
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.storage.repository import Storage
from tests import factories
from tests.central.client_requests import PUBLIC, TEAM
from tests.oidc.running import FREE, add_user, now


@pytest.fixture
def storage() -> Iterator[Storage]:
    made = Storage.on_sqlite(None)
    factories.admit(made, TEAM, "d0", factories.nurse("d0"), PUBLIC)
    add_user(made, TEAM, "lee", roles.TEAM_LEAD)
    yield made
    made.close()


def by_link(storage: Storage, log: JsonLog | None = None) -> tuple[Central, str]:
    """A central and its link's path."""
    login = link_login("sub-lee", "http://127.0.0.1:1", factories.KEY, now)
    assert login.link
    return replace(build_central(storage, factories.KEY, log=log, limits=FREE), login=login), login.link.path


def token_of(path: str) -> str:
    return path.rpartition("/")[2]


def test_a_link_signs_its_person_in_once(storage: Storage) -> None:
    """The first who opens it is signed in with the cookie that signing in always gives; the next is not, nor later."""
    central, path = by_link(storage)
    with (
        serve_in_thread(central) as address,
        httpx2.Client(trust_env=False) as lee,
        httpx2.Client(trust_env=False) as other,
    ):
        found = lee.get(f"{address}{path}")
        assert (found.status_code, found.headers["location"]) == (303, "/")
        cookie = found.headers["set-cookie"]
        assert cookie.startswith("phb-visit=")
        assert "HttpOnly" in cookie
        assert "samesite=lax" in cookie.lower()
        assert "Lee North" in lee.get(f"{address}/team/{TEAM}/staff").text
        for _time in range(2):
            again = other.get(f"{address}{path}")
            assert (again.status_code, "not good any more" in again.text) == (403, True)
            assert not other.cookies
        assert other.get(f"{address}/team/{TEAM}/staff").status_code == 401
    lines = storage.read({TEAM}, lambda repository: repository.audit(TEAM))
    assert [what for _n, _at, who, what, *_ in lines if who == "lee"] == ["signed in with the printed link"]


def test_a_link_is_good_for_half_an_hour() -> None:
    """Until then it signs in; from then on it does not."""
    at = [0.0]
    for when, whose in ((GOOD_SECONDS - 1, "sub-lee"), (GOOD_SECONDS, "")):
        at[0] = 0.0
        link = OneTimeLink("sub-lee", lambda: at[0])
        at[0] = when
        assert link.use(token_of(link.path)) == whose


def test_guesses_and_looks_do_not_use_a_link_up(storage: Storage) -> None:
    """Another token signs nobody in; programs that look at a link before a person opens it leave it good."""
    central, path = by_link(storage)
    with serve_in_thread(central) as address, httpx2.Client(trust_env=False) as client:
        for guess in ("x", token_of(path)[:-1], token_of(path) + "A", "%FF", "é"):
            assert client.get(f"{address}/link/{guess}").status_code == 403
        assert client.head(f"{address}{path}").status_code == 403
        assert client.get(f"{address}{path}", headers={"Sec-Purpose": "prefetch;prerender"}).status_code == 403
        assert not client.cookies
        assert client.get(f"{address}{path}").status_code == 303


def test_a_links_token_is_in_no_log_and_no_count(storage: Storage) -> None:
    """What central writes down and counts names the kind of address and never the token."""
    kept = io.StringIO()
    central, path = by_link(storage, JsonLog(kept))
    with serve_in_thread(central) as address, httpx2.Client(trust_env=False) as client:
        for _time in range(2):
            client.get(f"{address}{path}")
        counted = client.get(f"{address}/metrics").text
    assert '"/link/{token}"' in kept.getvalue()
    assert token_of(path) not in kept.getvalue() + counted + repr(central.login)


def test_there_is_no_other_way_in_beside_the_link(storage: Storage) -> None:
    """The pages say that a link signs people in, and offer no provider that is not there."""
    central, _path = by_link(storage)
    with serve_in_thread(central) as address, httpx2.Client(trust_env=False) as client:
        assert "open the link that the team server printed" in client.get(address).text
        assert 'href="/sign-in"' not in client.get(address).text
        assert client.get(f"{address}/sign-in").status_code == 404


def test_the_command_prints_a_link_that_works(tmp_path: Path) -> None:
    """`phb-central serve --link-for` says where it listens, then the link; without it no link is made."""
    database = tmp_path / "c.db"
    storage = Storage.on_sqlite(database)
    factories.admit(storage, TEAM, "d0", factories.nurse("d0"), PUBLIC)
    add_user(storage, TEAM, "lee", roles.TEAM_LEAD)
    storage.close()
    command = [sys.executable, "-m", "phb_tui.central", "serve", "--port", "0", "--link-for", "sub-lee", "--database"]
    with subprocess.Popen(
        [*command, str(database), "--key-file", str(tmp_path / "c.key"), "--log"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            assert process.stdout
            address, link = (process.stdout.readline().split()[-1] for _line in range(2))
            assert link.startswith(f"{address}/link/")
            with httpx2.Client(trust_env=False, follow_redirects=True) as client:
                assert "Lee North" in client.get(link).text
        finally:
            process.terminate()
            _out, said = process.communicate(timeout=20)
    assert "/link/{token}" in said
    assert token_of(link) not in said
