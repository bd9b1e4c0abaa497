"""People's pages in operation: several processes, counters, and a log that says nothing about anybody."""

import io
import json
import signal
import ssl
import sys
from pathlib import Path

import httpx2
import pytest
import trustme

from phb_tui.central.auth import roles
from phb_tui.central.auth.login_settings import OidcSettings
from phb_tui.central.http.json_log import ALLOWED_FIELDS, JsonLog
from phb_tui.central.server.factory import build_central, read_key
from phb_tui.central.server.login_factory import oidc_login
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.storage.postgres import PostgresEngine
from phb_tui.central.storage.repository import Storage
from phb_tui.errors import CentralBusy, SettingsProblem
from tests import factories, postgres
from tests.central.client_requests import PUBLIC, TEAM
from tests.central.server.test_operations import address_of, served
from tests.oidc.running import NOWHERE, Settings, add_user, browser, central, free_port, now, provider
from tests.test_project import imported

WORDS = "SECRETWORDS"
SECRET = "PHB_CENTRAL_CLIENT_SECRET"


def team(storage: Storage) -> None:
    factories.admit(storage, TEAM, WORDS, factories.nurse(WORDS), PUBLIC)
    add_user(storage, TEAM, "lee", roles.TEAM_LEAD)


def test_the_log_says_which_page_and_not_whose() -> None:
    """A line names the page, the team and numbers; no person at work, laptop, name or form is in it or counted."""
    kept, storage = io.StringIO(), Storage.on_sqlite(None)
    team(storage)
    with central(storage, Settings(log=JsonLog(kept))) as address:
        with browser(address, "sub-lee") as lee:
            for page in ("", "/laptops", f"/laptops/{WORDS}", f"/laptops/{WORDS}/lock", f"/{WORDS}"):
                lee.get(f"/team/{TEAM}{page}")
            lee.post(f"/team/{TEAM}/laptops/{WORDS}/lock")
            lee.post(f"/team/{TEAM}/code", staff=WORDS)
        for page in (f"/team/{WORDS}", f"/team/{WORDS}/{WORDS}", f"/signed-in?code={WORDS}&state={WORDS}"):
            httpx2.get(f"{address}{page}", trust_env=False)
        counted = httpx2.get(f"{address}/metrics", trust_env=False).text
    storage.close()
    lines = [json.loads(line) for line in kept.getvalue().splitlines()]
    assert not any(word in kept.getvalue() + counted for word in (WORDS, "lee", "sub-"))
    assert {member for line in lines for member in line} <= ALLOWED_FIELDS | {"at"}
    assert (lines[0]["route"], lines[0]["team"], lines[0]["status"]) == ("/team/{team_id}", TEAM, 200)
    assert 'route="/team/{team_id}/laptops/{device_id}/{what}",status="303"' in counted
    assert {line["route"] for line in lines} <= {
        "/team/{team_id}", "/team/{team_id}/laptops", "/team/{team_id}/laptops/{device_id}", "/team/{team_id}/code",
        "/team/{team_id}/laptops/{device_id}/{what}", "/signed-in", "/metrics", "other",
    }  # fmt: skip


def test_a_busy_database_is_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the database cannot be used people are told so and when to come again, on a page."""
    storage = Storage.on_sqlite(None)
    team(storage)

    def busy(*_: object) -> None:
        raise CentralBusy

    with central(storage) as address, browser(address, "sub-lee") as lee:
        monkeypatch.setattr(storage, "write", busy)
        found = lee.get(f"/team/{TEAM}")
    storage.close()
    assert (found.status_code, found.headers["Retry-After"]) == (503, "5")
    assert "Try again in a few seconds" in found.text


def test_where_nobody_signs_in_there_is_no_way_in() -> None:
    """Without a provider the addresses for people say so, and a cookie of central's own opens nothing."""
    storage = Storage.on_sqlite(None)
    team(storage)
    with serve_in_thread(build_central(storage, factories.KEY)) as address, browser(address, "sub-lee") as lee:
        for path in ("/sign-in", "/signed-in", f"/team/{TEAM}", f"/team/{TEAM}/laptops"):
            found = lee.get(path)
            assert (found.status_code, "Nobody signs in" in found.text) == (404, True)
        assert lee.post("/sign-out").status_code == 404
    storage.close()


def test_central_on_this_machine_asks_for_signing_in_too() -> None:
    """Where people sign in, nobody sees what has arrived without, not even at central's own machine."""
    storage = Storage.on_sqlite(None)
    team(storage)
    with central(storage) as address:
        for headers in ({}, {"Host": "central.example"}):
            found = httpx2.get(address, headers=headers, trust_env=False)
            assert (found.status_code, "Sign in" in found.text) == (200, True)
            assert not any(word in found.text for word in (WORDS, "Lee", TEAM.title()))
    storage.close()


def test_every_process_lets_them_in(tmp_path: Path) -> None:
    """Two workers take the same cookie, and both know how people sign in."""
    options = ["--sign-in", NOWHERE, "--client-id", "central", "--workers", "2"]
    with postgres.database("18") as (_owner, database):
        storage = Storage(PostgresEngine(database))
        team(storage)
        storage.close()
        environment = {"PHB_CENTRAL_DATABASE": database, SECRET: WORDS}
        with served(tmp_path, *options, environment=environment) as process:
            address = address_of(process)
            key = read_key(tmp_path / "c.key")
            with browser(address, "sub-lee", key=key) as lee:
                cookies = {"phb-visit": lee.client.cookies["phb-visit"]}
            page = f"{address}/team/{TEAM}/laptops"  # whose first answer waits for a process that is still starting
            found = [httpx2.get(page, cookies=cookies, trust_env=False, timeout=30) for _ in range(20)]
            assert {answer.status_code for answer in found} == {200}
            assert httpx2.get(f"{address}/sign-in", trust_env=False).status_code == 503
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0


def test_a_laptops_own_central_needs_nothing_to_sign_in_with() -> None:
    """Where nobody signs in, what only an organisation's central has is not imported: a laptop does not have it."""
    modules = {name.split(".")[0] for name in imported("import phb_tui.central.cli, phb_tui.central.api.sync")}
    assert not modules & {"authlib", "joserfc", "psycopg"}


def test_what_is_not_installed_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where central was installed without what people sign in with, it says what to install."""
    monkeypatch.delitem(sys.modules, "phb_tui.central.auth.oidc", raising=False)
    monkeypatch.setitem(sys.modules, "authlib.integrations.base_client", None)
    with pytest.raises(SettingsProblem, match="Install"):
        oidc_login(OidcSettings(NOWHERE, "central", NOWHERE), factories.KEY, now)


def test_the_command_signs_people_in_by_https(tmp_path: Path) -> None:
    """With a certificate, a secret and a provider given to the command, a browser signs in; its cookie is for https."""
    database, pem, port = tmp_path / "c.db", tmp_path / "central.pem", free_port()
    storage = Storage.on_sqlite(database)
    team(storage)
    storage.close()
    authority, trust = trustme.CA(), ssl.create_default_context()
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(pem)
    authority.configure_trust(trust)
    address = f"https://127.0.0.1:{port}"
    with provider(f"{address}/signed-in") as issuer:
        options = [
            "--database", str(database), "--port", str(port), "--certfile", str(pem), "--sign-in", issuer,
            "--client-id", "central-by-https", "--public-address", f"{address}/",
        ]  # fmt: skip
        with (
            served(tmp_path, *options, environment={SECRET: "a secret for tests"}) as process,
            httpx2.Client(verify=trust, trust_env=False, follow_redirects=True) as client,
        ):
            assert address_of(process) == address
            form = client.get(f"{address}/sign-in")
            found = client.post(form.url, data={"name": "sub-lee"})
            assert "Lee North" in found.text
            assert "__Host-phb-visit" in client.cookies
            token = found.text.partition('name="token" value="')[2].partition('"')[0]
            out = client.post(f"{address}/sign-out", data={"token": token}, headers={"Origin": address})
            assert (out.status_code, "__Host-phb-visit" in client.cookies) == (200, False)
