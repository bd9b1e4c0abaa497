"""What happens between reading a request on the panel's page and deciding it: nothing unread is decided, words stay."""

from html import unescape

from phb_tui.central.exchange.money import panel as writing
from phb_tui.domain.records import record_ids
from tests.central.decision.office import POLICY, Office
from tests.central.web.panel_forms import HERE, HTML, fill, opened
from tests.oidc.running import Browser, browser


def test_only_what_was_read_is_decided_and_only_once(office: Office, address: str, pat: Browser) -> None:
    """A request that changed since, one that is decided meanwhile, and one that is gone are not decided by a page."""
    request_id = office.ask(to="panel")
    stale = opened(pat, request_id, reasons="r", outcome="approved") | {"seen": "1"}
    assert writing.CHANGED in unescape(pat.post(f"{HERE}/{request_id}", None, **stale).text)
    with browser(address, "sub-quin") as quin:
        assert "does not name you" in quin.get(f"{HERE}/{request_id}").text
        seen = {"seen": str(office.seq(request_id))}
        assert "does not name you" in unescape(quin.post(f"{HERE}/{request_id}", None, **{**stale, **seen}).text)
    fill(pat, request_id, outcome="approved", reasons="r")
    again = unescape(pat.post(f"{HERE}/{request_id}", None, **{**stale, **seen}).text)
    assert "Pat North decided this on" in again
    for nothing in ("nothing", "%00", "rhys", "x" * 200):
        assert pat.get(f"{HERE}/{nothing}").status_code == 404
        assert pat.post(f"{HERE}/{nothing}", None, **stale).status_code == 404


def test_after_a_decision_that_was_not_read_nothing_is_decided(office: Office, pat: Browser) -> None:
    """A form that is sent twice, and one that was opened before somebody put it off or passed it on, decide once."""
    words = {"outcome": "deferred", "reasons": "r", "until": "4 1 2027"}
    for first in (words, {"outcome": "escalated", "reasons": "r", "to": "nurse-lea"}):
        request_id = office.ask(to="panel")
        sent, late = opened(pat, request_id, **first), opened(pat, request_id, outcome="approved", reasons=HTML)
        assert 'role="alert"' not in pat.post(f"{HERE}/{request_id}", None, **sent).text
        for again in (sent, late):
            page = unescape(pat.post(f"{HERE}/{request_id}", None, **again).text)
            assert writing.CHANGED in page
            assert again["reasons"] in page
        assert not office.held(record_ids.decision_id(request_id, 2))
        fill(pat, request_id, outcome="approved", reasons="r")
        assert office.held(record_ids.decision_id(request_id, 2))["outcome"] == "approved"


def test_what_was_typed_stays_to_be_copied_where_it_can_be_decided_no_more(office: Office, pat: Browser) -> None:
    """After another decision, a newer version, or without a place on the panel, and where the request is gone."""
    typed = {"outcome": "approved", "reasons": f"First.\n{HTML}", "learning": "For us."}

    def decided(request_id: str) -> None:
        fill(pat, request_id, outcome="approved", reasons="r")

    def overtaken(request_id: str) -> None:
        office.keep("900.00", 2, str(office.held(str(office.held(request_id)["version_id"]))["budget_id"]))

    def withdrawn(request_id: str) -> None:
        office.nia.send(office.nia.write(request_id, {"removed": "yes"}, "request", before=office.held(request_id)))

    def to_lea(request_id: str) -> None:
        held = office.held(request_id)
        office.nia.send(office.nia.write(request_id, {"to": "nurse-lea"}, "request", before=held))

    def no_member(_request_id: str) -> None:
        office.write_policy(POLICY | {"panel": ["nurse-lea"]})

    for happens, status in ((decided, 200), (overtaken, 200), (withdrawn, 404), (to_lea, 404), (no_member, 200)):
        request_id = office.ask(office.keep(), to="panel")
        sent = opened(pat, request_id, **typed)
        happens(request_id)
        answer = pat.post(f"{HERE}/{request_id}", None, **sent)
        page = unescape(answer.text)
        assert answer.status_code == status, happens
        assert all(words in page for words in ("It was not kept.", "Yes", typed["reasons"], typed["learning"])), happens
        assert 'role="alert"' in page
        assert HTML not in answer.text
        assert "It was not kept." not in pat.get(f"{HERE}/{request_id}").text
    office.write_policy(POLICY)
