"""Whatever people call themselves, their laptops and each other, no page of central's takes it for a page's code."""

from collections.abc import Iterator

import pytest
from markupsafe import escape

from phb_tui.central.admin.devices import DeviceRegistry
from phb_tui.central.auth import roles
from phb_tui.central.exchange.sync_service import SyncService
from phb_tui.central.storage.models import Staff
from phb_tui.central.storage.repository import Storage
from phb_tui.domain.records.changes import Change, SyncPosition, Value
from phb_tui.services.sync.enrolment import read_code
from phb_tui.sync.protocol import Enrolment, SyncRequest
from tests import factories
from tests.central.client_requests import PUBLIC, TEAM
from tests.oidc.running import Browser, add_user, browser, central, now

HOSTILE = "<img src=x onerror=alert(1)> & \"'"


def said(name: str) -> str:
    """A hostile name that tells where it came from."""
    return f"{name} {HOSTILE}"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Everything that anybody can name has a hostile name: team, people at work, laptop, person, fields, values."""
    storage = Storage.on_sqlite(None)
    access = DeviceRegistry(storage, now, factories.PUBLIC_KEY)
    access.add_team(TEAM, said("team"))
    for name, role in (("lee", roles.TEAM_LEAD), ("amal", roles.AUDITOR), ("bo", roles.COMMISSIONER), ("sam", "")):
        add_user(storage, TEAM, name, role or roles.NURSE_ADVISOR)
        access.add_staff(TEAM, Staff(name, said(f"name-{name}"), ""))
    code = read_code(access.create_enrolment_code("http://127.0.0.1:1", TEAM, "sam")).code
    access.enrol(Enrolment(TEAM, "d0", PUBLIC, code, said("label")))
    fields: tuple[dict[str, Value], ...] = (
        {"given_name": said("given"), said("field"): said("value")},
        {"given_name": said("other")},
        {},
    )
    made, prev = [], ""
    for op_no, values in enumerate(fields, start=1):
        seen = SyncPosition() if op_no == 1 else SyncPosition(1, 0)
        one = Change(TEAM, "d0", "person", "p", "p", values, {}, seen, "sam", "now").numbered(op_no, prev)
        prev = one.hash
        made.append(one.text.encode())
    made.append(f'"{said("unreadable")}"'.encode())
    SyncService(storage, now, factories.KEY, factories.LAW).sync(
        SyncRequest(TEAM, "d0", SyncPosition(), "", 1, tuple(made))
    )
    with central(storage) as found:
        yield found
    storage.close()


PAGES = {
    "lee": ("", "/laptops", "/laptops/d0", "/laptops/d0/lock", "/same", "/aside", "/staff", "/code"),
    "amal": ("/audit",),
    "bo": ("/figures",),
}


def look(who: Browser, page: str) -> str:
    found = who.get(f"/team/{TEAM}{page}")
    assert found.status_code == 200
    assert "default-src 'none'" in found.headers["content-security-policy"]
    return str(found.text)


@pytest.mark.parametrize(("name", "page"), [(name, page) for name, pages in PAGES.items() for page in pages])
def test_words_are_shown_as_words(name: str, page: str, address: str) -> None:
    """No tag and no quote of anybody's is in any page as code."""
    with browser(address, f"sub-{name}") as who:
        found = look(who, page)
    assert escape(said("team")) in found
    assert "<img" not in found
    assert HOSTILE not in found


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("", ("label", "given", "value")),
        ("/laptops", ("label", "name-sam")),
        ("/laptops/d0", ("label", "name-sam")),
        ("/laptops/d0/lock", ("label",)),
        ("/aside", ("label",)),
        ("/staff", ("name-sam", "name-lee")),
        ("/code", ("name-sam",)),
    ],
)
def test_the_hostile_names_are_really_on_the_pages(page: str, shown: tuple[str, ...], address: str) -> None:
    """Each page shows the names that it is about, so that the rule above is tried where it counts."""
    with browser(address, "sub-lee") as lee:
        found = look(lee, page)
    assert [name for name in shown if escape(said(name)) not in found] == []
