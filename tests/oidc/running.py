"""The real provider for tests, in a process of its own, and centrals whose people sign in with it."""

import os
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from starlette.responses import Response

from phb_tui.central.admin.staff import StaffAdmin
from phb_tui.central.auth.login_settings import OidcSettings
from phb_tui.central.auth.sessions import SessionCookies
from phb_tui.central.http.json_log import JsonLog
from phb_tui.central.http.limits import Limits
from phb_tui.central.server.factory import build_central
from phb_tui.central.server.login_factory import oidc_login
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.storage.models import Staff
from phb_tui.central.storage.repository import Storage
from tests import factories
from tests.postgres import alone

HOME = Path(__file__).parent
NOWHERE = "http://127.0.0.1:1"
"""A provider that nobody can reach, for tests that need none."""
NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Whom a browser trusts: all is on this machine, and to read whom to trust takes longer than most tests."""
FREE = Limits(burst=10**9, unknown_burst=10**9)


def now() -> datetime:
    return datetime.now(UTC)


def needs(there: bool, what: str) -> None:  # noqa: FBT001
    """Skip a test on a machine that lacks something; where the project is checked nothing may be lacking."""
    if not there and os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and the check has to have it")
    if not there:
        pytest.skip(f"{what} is not on this machine")


def fetched() -> bool:
    """Whether the provider is here; npm fetches it, pinned by its lock file, where it is not."""
    there, npm = HOME / "node_modules" / "oidc-provider" / "package.json", shutil.which("npm")
    with alone("npm"):
        if not there.exists() and npm:
            # --ignore-scripts: nothing that is fetched runs before a test asks for it.
            command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(command, cwd=HOME, check=False, capture_output=True, timeout=300)
    return there.exists()


@contextmanager
def provider(back: str = "") -> Iterator[str]:
    """The provider's address.

    Args:
        back: Where people come back to who sign in by https; "" for nowhere.
    """
    node = shutil.which("node")
    needs(bool(node) and fetched(), "the OpenID provider, which npm fetches: Node.js, npm or its registry")
    with subprocess.Popen(
        [node or "node", HOME / "provider.mjs", back], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:")
            yield address
        finally:
            process.terminate()


@dataclass(frozen=True, slots=True)
class Settings:
    """How a test's central lets people in; see `login_settings.OidcSettings`."""

    issuer: str = NOWHERE
    client_id: str = "central"
    claim: str = "sub"
    secret: str = ""
    now: Callable[[], datetime] = now
    limits: Limits = FREE
    log: JsonLog | None = None


def free_port() -> int:
    """A port that nothing listens on, for an address that has to be known before central listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def central(storage: Storage, how: Settings | None = None) -> Iterator[str]:
    """A central whose people sign in; its address."""
    how = how or Settings()
    port = free_port()
    sign_in = OidcSettings(how.issuer, how.client_id, f"http://127.0.0.1:{port}", how.claim, how.secret)
    made = build_central(storage, factories.KEY, how.now, how.log, how.limits)
    with serve_in_thread(replace(made, login=oidc_login(sign_in, factories.KEY, how.now)), port) as address:
        yield address


def add_user(storage: Storage, team_id: str, name: str, role: str) -> None:
    """Somebody who works in the team and signs in as "sub-" and their name."""

    def work(repository: object) -> None:
        assert hasattr(repository, "save_staff")
        repository.save_staff(team_id, Staff(name, f"{name.title()} {team_id.title()}", role))

    storage.write({team_id}, work)
    StaffAdmin(storage, now).link_identity(team_id, name, f"sub-{name}")


@dataclass(frozen=True, slots=True)
class Browser:
    """Somebody's browser.

    Attributes:
        address: Central's.
        client: Keeps its cookies.
        token: What its forms bring.
    """

    address: str
    client: httpx2.Client
    token: str = ""

    def get(self, path: str) -> httpx2.Response:
        return self.client.get(f"{self.address}{path}")

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: str) -> httpx2.Response:
        """Send a form as a page of central's would."""
        return self.client.post(f"{self.address}{path}", data={"token": self.token, **fields}, headers=headers)

    def sign_in(self, name: str) -> httpx2.Response:
        """Go to the provider, type a name, and come back."""
        form = self.get("/sign-in")
        return self.client.post(str(form.url), data={"name": name})


@contextmanager
def browser(
    address: str, subject: str = "", at: Callable[[], datetime] = now, key: str = factories.KEY
) -> Iterator[Browser]:
    """A browser of somebody who has signed in already, or of nobody."""
    with httpx2.Client(verify=NOBODY, trust_env=False, follow_redirects=True) as client:
        if not subject:
            yield Browser(address, client)
            return
        sessions, answer = SessionCookies(key, at, secure=False), Response()
        visit = sessions.create(answer, subject)
        client.cookies.set(sessions.name, answer.headers["set-cookie"].partition("=")[2].partition(";")[0], "127.0.0.1")
        yield Browser(address, client, visit.csrf_token)
