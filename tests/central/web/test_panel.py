"""A panel decides on its web page: what it reads, what it has to write, and what becomes of it."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

from phb_tui.central.auth import roles
from phb_tui.central.exchange.money import panel as writing
from phb_tui.central.server import factory
from phb_tui.central.storage import audit_log
from phb_tui.central.storage.models import CENTRAL
from phb_tui.central.storage.repository import Storage
from phb_tui.domain.calendar import dates
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.record_codec import field_states
from tests.central.decision.office import Office
from tests.central.web.panel_forms import HERE, HTML, fill, opened
from tests.oidc.running import Browser, add_user, browser

WRITTEN = {"outcome": "approved", "reasons": f"It meets the goal. {HTML}", "way_decided": "A direct payment."}
LISTED = (
    "Rhys", "Swimming, Ongoing care and support, 7 December 2026 to 5 December 2027", "High",
    "\N{POUND SIGN}1,600.00 a week, \N{POUND SIGN}83,200.00 in the first year",
    "The NHS \N{POUND SIGN}49,920.00, Social care \N{POUND SIGN}33,280.00",
)  # fmt: skip
"""What the list and the page say of a request."""


def audit(storage: Storage) -> list[tuple[str, str, str]]:
    found = storage.read({"north"}, lambda tables: tables.audit("north"))
    return [(who, what, about) for _n, _at, who, what, about, _hash in found]


def test_the_panel_reads_what_waits_and_decides_it(office: Office, pat: Browser) -> None:
    """The list has value, day, sort and risk, the page lines, working and plan; the decision reaches every laptop."""
    request_id = office.ask(
        office.keep("1600.00", name="Swimming", health="60", social="40"), to="panel", risk="high", risk_words=HTML,
        wish="To swim.",
    )  # fmt: skip
    other = office.ask(office.keep("123.45"))
    listed = unescape(pat.get(HERE).text)
    assert [words for words in LISTED if words not in listed] == []
    assert "123.45" not in listed
    assert pat.get(f"{HERE}/{other}").status_code == 404
    page = pat.get(f"{HERE}/{request_id}").text
    assert [words for words in LISTED if words not in unescape(page)] == []
    assert all(words in page for words in ("To swim.", "The plan that was agreed", "Nurse-Nia"))
    assert HTML not in page
    assert HTML in unescape(page)
    assert "Yes, " in unescape(fill(pat, request_id, **WRITTEN))
    record_id = record_ids.decision_id(request_id, 1)
    held, today = office.held(record_id), datetime.now(UTC).date()
    assert held == {
        "request_id": request_id, **WRITTEN, "decided_by": "pat", "decided_name": "Pat North", "decided_role": "panel",
        "decided_on": today.isoformat(), "value": 160000, "measure": "weekly",
        "appeal": f"Write.\nYou can ask until {dates.in_full((today + timedelta(days=28)).isoformat())}.",
    }  # fmt: skip
    [row] = [row for row in office.lea.send().rows if row.record_id == record_id]
    origin = field_states(row.values, row.origins)["outcome"]
    assert (origin.device_id, origin.author, origin.op_no) == (CENTRAL, "pat", 2)
    assert ("pat", "decided a request", request_id) in audit(office.storage)
    assert office.storage.read({"north"}, lambda tables: audit_log.first_broken_link(tables, "north")) == 0
    assert "decided this on" in office.decide(request_id)
    page = pat.get(f"{HERE}/{request_id}").text
    assert "It meets the goal." in page
    assert "<button>Decide" not in page


def test_the_panel_reads_what_changed_since_the_last_decision(office: Office, pat: Browser) -> None:
    """Of another request for the same budget that was decided, the answer and the difference of the amounts."""
    office.decide(office.ask(office.keep("70.00")))
    first = office.keep("1000.00")
    before = office.ask(first)
    assert not office.decide(before, outcome="declined", alternatives="Less of it.")
    page = unescape(pat.get(f"{HERE}/{office.ask(first, to='panel')}").text)
    assert "No, " in page
    assert "lea. The amounts are the same." in page
    second = office.keep("650.50", number=2, budget_id=str(office.held(first)["budget_id"]))
    asked = office.ask(second, to="panel")
    assert "lea. Since then: - £349.50 a week." in unescape(pat.get(f"{HERE}/{asked}").text)
    fill(pat, asked, **WRITTEN)
    another = office.keep("650.50")
    assert "Since then" not in unescape(pat.get(f"{HERE}/{office.ask(another, to='panel')}").text)


def test_what_is_missing_comes_back_with_what_was_typed(office: Office, pat: Browser) -> None:
    """A sentence says what is missing, every word stays in its field, nothing is decided, and then it can be sent."""
    request_id = office.ask(to="panel")
    tries: dict[str, dict[str, str]] = {
        "Choose what is decided": {"reasons": HTML},
        "Write why": {"outcome": "approved"},
        "Write what else": {"outcome": "declined", "reasons": HTML},
        "by which day": {"outcome": "deferred", "reasons": HTML},
        "Write the day": {"outcome": "deferred", "reasons": HTML, "until": "soon"},
        "Choose who decides": {"outcome": "escalated", "reasons": HTML},
        "a day that comes after": {"outcome": "deferred", "reasons": HTML, "until": "1/1/2020"},
        "comes after the day": {"outcome": "deferred", "reasons": HTML, "until": "yesterday"},
        "after the day of the decision": {"outcome": "deferred", "reasons": HTML, "until": "today"},
        "Choose someone else": {"outcome": "escalated", "reasons": HTML, "to": "nurse-nia"},
        "someone else who may say yes": {"outcome": "escalated", "reasons": HTML, "to": "panel"},
        "not in the team": {"outcome": "escalated", "reasons": HTML, "to": "nurse-nobody"},
        "longer than": {"outcome": "approved", "reasons": "x" * 100_001},
    }
    for sentence, words in tries.items():
        page = unescape(fill(pat, request_id, **words))
        assert sentence in page, sentence
        assert all(typed in page for name, typed in words.items() if name in {"reasons", "until"})
    assert not office.held(record_ids.decision_id(request_id, 1))
    fill(pat, request_id, outcome="deferred", reasons="r", until="4 1 2027", conditions="of another outcome")
    held = office.held(record_ids.decision_id(request_id, 1))
    assert (held["until"], held.get("conditions")) == ("2027-01-04", None)
    fill(pat, request_id, outcome="escalated", reasons="r", to="nurse-lea")
    assert office.held(record_ids.decision_id(request_id, 2))["to"] == "nurse-lea"


def test_it_is_passed_on_to_whoever_may_say_yes(office: Office, pat: Browser) -> None:
    """The form offers who may say yes to this request: not who built it or asked, nobody below, and not the panel."""

    def offered(request_id: str) -> list[str]:
        chosen = re.search(r'<select id="to".*?</select>', pat.get(f"{HERE}/{request_id}").text, re.DOTALL)
        assert chosen
        return re.findall(r'value="([^"]+)"', chosen[0])

    assert offered(office.ask(office.keep("400.00"), to="panel")) == ["nurse-ann", "nurse-lea", "nurse-off"]
    assert offered(office.ask(office.keep("400.00", by="off"), to="panel")) == ["nurse-ann", "nurse-lea"]
    assert offered(office.ask(office.keep("1600.00"), to="panel")) == []


def test_what_is_overtaken_is_not_decided_by_the_panel(office: Office, pat: Browser) -> None:
    """After a newer version or plan the list and the page say so, no form is there, and none that was open counts."""
    request_id = office.ask(office.keep(budget_id="renewed"), to="panel")
    said = "There is a newer version of this budget. Nothing is decided about this"
    late = opened(pat, request_id, outcome="declined", reasons="r", alternatives="a")

    def listed() -> str:
        row = next(row for row in pat.get(HERE).text.split("<tr>") if request_id in row)
        return unescape(row)

    assert said not in listed()
    office.keep("900.00", 2, "renewed")
    page = unescape(pat.get(f"{HERE}/{request_id}").text)
    assert said in page
    assert "<button>Decide" not in page
    assert said in listed()
    answer = unescape(pat.post(f"{HERE}/{request_id}", None, **late).text)
    assert "Nothing was decided: the team asks again." in answer
    assert not office.held(record_ids.decision_id(request_id, 1))
    another, plan = office.ask(to="panel"), office.plan
    office.plan = record_ids.plan_version_id("rhys", 2)
    office.nia.send(office.nia.write(office.plan, {"number": "2", "plan": "p"}, "plan_version"))
    page = unescape(pat.get(f"{HERE}/{another}").text)
    assert plan != office.plan
    assert "The plan was agreed again since." in page
    assert "<button>Decide" not in page


def test_a_lead_reads_what_waits_and_decides_nothing(office: Office, address: str) -> None:
    """Person, amount, to whom and by when, of everything that waits in the team; no request opens, and no form is."""
    add_user(office.storage, "north", "lee", roles.TEAM_LEAD)
    to_lea, to_panel = office.ask(office.keep("321.00")), office.ask(office.keep("322.00"), to="panel")
    done, gone = office.ask(office.keep("323.00")), office.ask(office.keep("324.00"))
    assert not office.decide(done)
    office.nia.send(office.nia.write(gone, {"removed": "yes"}, "request", before=office.held(gone)))
    with browser(address, "sub-lee") as lee:
        page = unescape(lee.get(HERE).text)
        day = dates.in_words((datetime.now(UTC).date() + timedelta(days=3)).isoformat())
        for sums, who in (("321.00", "Nurse-Lea"), ("322.00", "The panel")):
            row = next(row for row in page.split("<tr>") if f"\N{POUND SIGN}{sums} a week" in row)
            assert [cell in row for cell in ("Rhys", f"<td>{who}</td>", day)] == [True] * 3
        assert "323.00" not in page
        assert "324.00" not in page
        assert "/decisions/" not in page
        assert "<button>Decide" not in page
        assert lee.get(f"{HERE}/{to_panel}").status_code == 403
        assert lee.post(f"{HERE}/{to_panel}", None, outcome="approved").status_code == 403
    assert not office.held(record_ids.decision_id(to_lea, 1))


def test_a_member_decides_nothing_that_they_built_and_nothing_after_they_left(office: Office, pat: Browser) -> None:
    """Who asked or built it is kept out also as a member, and so is who is no member at that moment."""
    request_id = office.ask(to="panel")
    own = writing.PanelDecisions(office.storage, factory.now)
    words = {"outcome": "approved", "reasons": "r"}

    def why(staff_id: str) -> str:
        return own.decide("north", staff_id, request_id, (office.seq(request_id), 0), words)

    for staff_id in ("nurse-lea", "nobody", ""):
        assert why(staff_id) == writing.NO_MEMBER
    office.give_role("nurse-nia", roles.PANEL)
    with office.policy({"panel": ["pat", "nurse-nia"]}):
        assert "another member of the panel decides" in why("nurse-nia")
    office.give_role("nurse-nia", "nurse advisor")
    assert own.decide("nowhere", "pat", request_id, (1, 0), words) == writing.NOT_THERE
    assert not office.held(record_ids.decision_id(request_id, 1))
    record_id = record_ids.decision_id(request_id, 1)
    assert not office.off.send(office.off.write(record_id, {"words": "w"})).refused
    assert why("pat") == writing.OCCUPIED
    assert office.held(record_id) == {"words": "w"}
