"""What people find on a team's pages and do there, on every database."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.central.auth import roles
from phb_tui.central.storage import audit_log
from phb_tui.central.storage.repository import Storage
from phb_tui.central.web import disclosure_control
from phb_tui.central.web.views.layout import start_page
from phb_tui.domain.records.changes import Change, SyncPosition
from phb_tui.errors import SyncProblem
from phb_tui.services.sync.enrolment import read_code
from phb_tui.sync.http_client import HttpCentral
from phb_tui.sync.protocol import Enrolment, SyncRequest
from phb_tui.sync.signing import Signer, new_key
from tests import factories, postgres
from tests.central.client_requests import PUBLIC, TEAM, asking, changes, request
from tests.oidc.running import Browser, add_user, browser, central

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
HTML = "<b>Rhys</b> & 'Price'"


@pytest.fixture(params=postgres.ENGINES)
def storage(request: pytest.FixtureRequest) -> Iterator[Storage]:
    """North has a lead, an auditor, a commissioner and a laptop."""
    with postgres.storage_on(request.param) as made:
        factories.admit(made, TEAM, "d0", factories.nurse("d0"), PUBLIC)
        for name, role in (("lee", roles.TEAM_LEAD), ("amal", roles.AUDITOR), ("bo", roles.COMMISSIONER)):
            add_user(made, TEAM, name, role)
        yield made


@pytest.fixture
def address(storage: Storage) -> Iterator[str]:
    with central(storage) as found:
        yield found


@pytest.fixture
def lee(address: str) -> Iterator[Browser]:
    with browser(address, "sub-lee") as who:
        yield who


def code_on(page: str) -> str:
    found = re.search(r'id="code">([^<]+)<', page)
    assert found
    return unescape(found[1])


def new_line(address: str, device: str) -> tuple[HttpCentral, str]:
    """A new laptop's line to central, and its public key."""
    key, public = new_key()
    return HttpCentral(address, Signer(TEAM, device, key)), public


def lines(storage: Storage) -> list[tuple[str, str, str]]:
    found = storage.read({TEAM}, lambda repository: repository.audit(TEAM))
    return [(who, what, about) for _n, _at, who, what, about, _hash in found]


def test_a_new_laptop_joins_with_the_leads_code(address: str, lee: Browser, storage: Storage) -> None:
    """The code on the page says where central is and whose the laptop will be; it is good once; the audit says who."""
    joining = read_code(code_on(lee.post(f"/team/{TEAM}/code", staff="nurse-d0").text))
    assert (joining.address, joining.nurse.name) == (address, "Nurse d0")
    assert joining.code not in lee.get(f"/team/{TEAM}/code").text
    line, public = new_line(address, "new")
    with line:
        line.enrol(Enrolment(TEAM, "new", public, joining.code, "A new one"))
        line.sync(SyncRequest(TEAM, "new", SyncPosition(), "", 1, ()))
    assert "A new one" in lee.get(f"/team/{TEAM}/laptops").text
    assert ("lee", "made a joining code", "nurse-d0") in lines(storage)
    assert lee.post(f"/team/{TEAM}/code", staff="nobody").status_code == 404


def test_a_laptop_is_locked_and_released(address: str, lee: Browser, storage: Storage) -> None:
    """What each act means is asked first and changes nothing; done, central keeps the laptop out or lets it in."""
    here = f"/team/{TEAM}/laptops/d0"
    with asking(address, "d0") as line:
        asked = lee.get(f"{here}/lock")
        assert "Nothing on it is lost" in asked.text
        line.sync(request("d0"))
        assert "to lock itself" in lee.post(f"{here}/lock").text
        with pytest.raises(SyncProblem, match="locked this laptop"):
            line.sync(request("d0"))
        assert (lee.get(f"{here}/lock").status_code, lee.post(f"{here}/lock").status_code) == (409, 409)
        lee.post(f"{here}/release")
        line.sync(request("d0"))
    assert [line for line in lines(storage) if line[0] == "lee" and "ordered" in line[1]] == [
        ("lee", "ordered: lock", "d0"), ("lee", "ordered: release", "d0"),
    ]  # fmt: skip


def test_a_laptops_access_ends_and_it_joins_again(address: str, lee: Browser, storage: Storage) -> None:
    """After the end it gets nothing; with a code to join again it is the same laptop, by a new key; a wipe is told."""
    here = f"/team/{TEAM}/laptops/d0"
    assert "Access has ended" in lee.post(f"{here}/end").text
    with asking(address, "d0") as line, pytest.raises(SyncProblem, match="has ended"):
        line.sync(request("d0"))
    joining = read_code(code_on(lee.post(f"{here}/code").text))
    assert joining.device_id == "d0"
    line, public = new_line(address, "d0")
    with line:
        line.enrol(Enrolment(TEAM, "d0", public, joining.code, "again"))
        line.sync(SyncRequest(TEAM, "d0", SyncPosition(), "", 1, ()))
        assert "Closed for good" in lee.post(f"{here}/wipe").text
        with pytest.raises(SyncProblem):
            line.sync(SyncRequest(TEAM, "d0", SyncPosition(), "", 1, ()))
    assert ("lee", "ended a laptop's access", "d0") in lines(storage)
    for path in (f"/team/{TEAM}/laptops/none", f"{here}/nothing", f"/team/{TEAM}/laptops/none/lock"):
        assert lee.get(path).status_code == 404
    assert lee.post(f"{here}/nothing").status_code == 404


ODD = ("%00", "a%20b", "%F0%9F%98%80", "x" * 200, "%ff", "';--")
FORMS = (b"", b"\xff\xfe", b"token", b"&&&", b"=", b"a=b&" * 30, b"token=%00&staff=%00")


def test_what_cannot_be_is_a_sentence(lee: Browser) -> None:
    """Names that no team, laptop or person can have, and bytes that are no form, each get a page and do nothing."""
    for odd in ODD:
        assert lee.get(f"/team/{odd}").status_code == 403
        assert lee.get(f"/team/{TEAM}/laptops/{odd}").status_code == 404
        assert lee.post(f"/team/{TEAM}/laptops/{odd}/lock").status_code == 404
        assert lee.get(f"/team/{TEAM}/laptops/d0/{odd}").status_code == 404
        body = f"token={lee.token}&staff={odd}"
        answer = lee.client.post(f"{lee.address}/team/{TEAM}/code", content=body, headers=FORM)
        assert (answer.status_code, "Nobody of this name" in answer.text) == (404, True)
    for form in FORMS:
        answer = lee.client.post(f"{lee.address}/team/{TEAM}/code", content=form, headers=FORM)
        assert answer.status_code in {400, 403}
        assert "nothing was done" in answer.text


def test_every_role_has_a_first_page() -> None:
    """Whoever signs in comes to a page that they may have."""
    assert all(start_page(TEAM, role) != "/" for role in roles.ROLES)


def test_a_lead_sees_what_was_kept_aside_and_why(address: str, lee: Browser) -> None:
    """A change that central could not read is listed with its reason; before there was none the page says so."""
    assert "Every change was accepted" in lee.get(f"/team/{TEAM}/aside").text
    with asking(address, "d0") as line:
        good = request("d0", changes("d0", 1, 1))
        line.sync(replace(good, changes=(*good.changes, b'{"not":"a change"}')))
    found = lee.get(f"/team/{TEAM}/aside").text
    assert "(cannot be read)" in found
    assert "Laptop d0" in found


def test_words_are_shown_as_they_are(address: str, lee: Browser) -> None:
    """What looks like HTML in somebody's words is shown and not obeyed, wherever it stands."""
    change = Change(
        TEAM,
        "d0",
        "person",
        "p1",
        "p1",
        {"given_name": HTML},
        {},
        SyncPosition(),
        "nurse-d0",
        "2026-11-23T09:00:00.000Z",
    ).numbered(1, "")
    with asking(address, "d0") as line:
        line.sync(request("d0", [change]))
    found = lee.get(f"/team/{TEAM}").text
    assert "<b>Rhys" not in found
    assert HTML in unescape(found)


def test_an_auditor_sees_who_did_what_and_whether_it_is_whole(address: str, lee: Browser, storage: Storage) -> None:
    """Every look and act is a line with its number, no record's word is in any, and a line that is gone is noticed."""
    with asking(address, "d0") as line:
        line.sync(request("d0", changes("d0", 1, 3, value="SECRETWORDS")))
    lee.get(f"/team/{TEAM}")
    with browser(address, "sub-amal") as amal:
        found = amal.get(f"/team/{TEAM}/audit").text
        assert "Nothing in this list was changed" in found
        assert "<td>lee</td><td>looked at what has arrived</td>" in found
        assert "SECRETWORDS" not in found
        storage.write({TEAM}, lambda repository: repository.add_audit(TEAM, 99, ("now", "x", "y", "z"), "not its hash"))
        assert "was changed, or one before it is missing" in amal.get(f"/team/{TEAM}/audit").text
    assert storage.read({TEAM}, lambda repository: audit_log.first_broken_link(repository, TEAM)) > 0


def test_a_commissioner_sees_numbers_and_no_names(address: str) -> None:
    """People, laptops, visits and agreed plans are stars or the nearest 5; nobody and nothing is named."""
    made, prev = [], ""
    kinds = [("person", f"p{n}") for n in range(13)] + [("visit", f"v{n}") for n in range(9)]
    kinds += [("plan_version", f"a{n}") for n in range(3)]
    for op_no, (kind, record) in enumerate(kinds, start=1):
        about = record if kind == "person" else "p1"
        change = Change(
            TEAM,
            "d0",
            kind,
            record,
            about,
            {"given_name": "Rhys"},
            {},
            SyncPosition(),
            "nurse-d0",
            "2026-11-23T09:00:00.000Z",
        ).numbered(op_no, prev)
        prev = change.hash
        made.append(change)
    with asking(address, "d0") as line:
        line.sync(request("d0", made))
    with browser(address, "sub-bo") as bo:
        found = bo.get(f"/team/{TEAM}/figures").text
    assert re.findall(r'scope="row">([^<]+)</th><td>([^<]+)<', found) == [
        ("People", "15"), ("Laptops in use", "*"), ("Visits", "10"), ("People with a plan that was agreed", "*"),
    ]  # fmt: skip
    assert not any(name in found for name in ("Rhys", "Nurse d0", "Laptop d0", "nurse-d0"))


def test_who_works_here_and_who_can_sign_in(lee: Browser) -> None:
    """The lead sees everybody with their role, and whether they can sign in."""
    found = lee.get(f"/team/{TEAM}/staff").text
    assert "<td>Lee North</td><td>team lead</td><td>lee</td><td>Yes</td>" in found
    assert "<td>Nurse d0</td><td>nurse advisor</td><td>nurse-d0</td><td>No</td>" in found


def test_every_small_number_is_the_same_star() -> None:
    """1 to 7 are a star each, and every number up to a thousand is the nearest 5."""
    assert {disclosure_control.shown(count) for count in range(1, 8)} == {"*"}
    expected = [f"{5 * round(count / 5):,}" for count in range(8, 1_001)]
    assert [disclosure_control.shown(count) for count in (0, *range(8, 1_001))] == ["0", *expected]


@given(st.integers(min_value=0, max_value=10**7), st.integers(min_value=0, max_value=10**7))
def test_a_number_never_points_at_one_person(one: int, two: int) -> None:
    """1 to 7 are all the same star; the rest is the nearest 5, in order, at most 2 away; none is none."""
    shown = disclosure_control.shown(one)
    if 1 <= one <= 7:
        assert shown == "*"
        return
    value = int(shown.replace(",", ""))
    assert (value % 5, abs(value - one) <= 2) == (0, True)
    assert (value == 0) == (one == 0)
    if two > max(one, 7):
        assert int(disclosure_control.shown(two).replace(",", "")) >= value
