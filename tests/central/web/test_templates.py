"""Whatever is in a value of any page of central's, it is the same page: each view, with every value hostile."""

import re
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Template, UndefinedError

from phb_tui.central.auth.sessions import WebSession
from phb_tui.central.storage import audit_log
from phb_tui.central.storage.models import Device, Staff, TeamMembership
from phb_tui.central.storage.repository import Repository, Storage
from phb_tui.central.web import bundle_upload, rendering
from phb_tui.central.web.views import (
    asked_requests,
    decision_views,
    device_views,
    login_views,
    possible_duplicates,
    received_changes,
    team_views,
)
from phb_tui.central.web.views.decision_views import Typed
from phb_tui.central.web.views.layout import TeamFrame
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import (
    Change,
    ConflictingValue,
    FieldState,
    RecordState,
    SyncPosition,
    Value,
    canonical,
)
from phb_tui.domain.records.record_codec import row_of
from phb_tui.domain.text.control_characters import cleaned
from tests.central.client_requests import TEAM

HOSTILE = "<script>alert(1)</script></title></p> & \"' onload=x {{ 7 * 7 }} {% raw %} \x1b[2J\x9b\u202eright\u2066 -->"
Say = Callable[[str], str]


def plain(name: str) -> str:
    return name


def hostile(name: str) -> str:
    return f"{name} {HOSTILE}"


def fill(repository: Repository, say: Say) -> None:
    """One of everything that a page can show, each text of it made by `say`."""
    repository.add_team(TEAM, say("team"))
    repository.save_staff(TEAM, Staff("lee", say("staff"), "team lead"))
    repository.add_device(device(say))
    states = {
        name: FieldState(say(name), 1, "d0", 1, say("author"), "now")
        for name in ("given_name", "date_of_birth", "other")
    }
    states["nhs_number"] = FieldState("9990000018", 1, "d0", 1, say("author"), "now")
    side = ConflictingValue(say("second"), "d0", 2, say("second author"), "now", 2)
    states["family_name"] = FieldState(say("family"), 1, "d0", 1, say("author"), "now", (side,))
    people = [row_of(RecordState(TEAM, "person", record_id, record_id, 1, states)) for record_id in ("p", "q")]
    repository.save_rows(TEAM, people)
    repository.add_command(TEAM, "d0", "c1", "lock", say("ordered"), "lee")
    change = Change(
        TEAM, "d0", say("kind"), "p", "p", {say("field"): say("value")}, {}, SyncPosition(), say("author"), "now"
    ).numbered(1, "")
    for seq, text in enumerate((change.text, f'"{say("unreadable")}"'), start=1):
        row = (seq, "d0", seq, "p", "", "", "refused", say("why") if seq > 1 else "", say("received"), text)
        repository.append(TEAM, [row])
    fill_asked(repository, say)
    audit_log.append(repository, TEAM, say("at"), say("who"), say("what"), say("about"))


def fill_asked(repository: Repository, say: Say) -> None:
    """A request to the panel with its version, its plan and a decision that put it off, each text made by `say`."""
    line = {"id": say("id"), "label": say("label"), "working": [say("working")], "pence": 5, "nature": "recurring",
            "way": "", "stream": "", "need": "", "goal": "", "provisional": False}  # fmt: skip
    budget = {"budget": {"id": "b"}, "workers": [], "shifts": [], "costs": []}
    asked: dict[str, Value] = {"asked_on": say("day"), "to": "panel", "version_id": "v", "plan_id": "a",
             "wish": say("wish"), "promised_by": say("promised"), "risk": say("risk"),
             say("other"): say("value")}  # fmt: skip
    kept: dict[str, Value] = {"number": 1, "budget_id": "b", "total_weekly": 5, "total_first": 5, "built_by": "[]",
            "inputs": canonical(budget), "lines": canonical([line])}  # fmt: skip
    made: dict[str, Value] = {"outcome": "deferred", "decided_name": say("who"), "decided_on": say("when"),
            "reasons": say("why"), "until": say("until")}  # fmt: skip
    plan = canonical({"goal": {"g": {"goal": say("goal"), say("more"): say("words")}}})
    team = record_ids.single_id(TEAM, "policy")
    records: list[tuple[str, str, dict[str, Value]]] = [
        ("request", "r", asked), ("budget_version", "v", kept), ("plan_version", "a", {"number": "1", "plan": plan}),
        ("decision", record_ids.decision_id("r", 1), made), ("policy", team, {"text": '{"panel": ["lee"]}'}),
    ]  # fmt: skip
    for kind, record_id, values in records:
        states = {name: FieldState(value, 1, "d0", 1, say("author"), "now") for name, value in values.items()}
        repository.save_rows(TEAM, [row_of(RecordState(TEAM, kind, record_id, "p", 1, states))])


def device(say: Say) -> Device:
    return Device(TEAM, "d0", "lee", say("label"), "key", "active", 0, "", say("joined"), say("seen"), say("role"))


def views(say: Say) -> dict[str, str]:
    """Every page by the name of its template."""
    frame = TeamFrame(TEAM, say("team"), say("name"), "team lead", say("token"))
    visit, here = WebSession(say("subject"), 0, say("token")), device(say)
    member = TeamMembership(TEAM, "lee", say("name"), say("role"), 0)
    storage = Storage.on_sqlite(None)
    storage.write({TEAM}, lambda repository: fill(repository, say))

    def look(repository: Repository) -> dict[str, str]:
        team = repository.team(TEAM)
        assert team
        asked = asked_requests.one(repository, TEAM, "r")
        assert asked
        typed = Typed(dict.fromkeys(("outcome", *decision_views.WORDS), say("typed")), say("sentence"))
        return {
            "decisions": decision_views.decisions(repository, frame),
            "waiting": decision_views.all_waiting(repository, frame),
            "decision": decision_views.request_page(repository, asked, "lee", frame, typed),
            "decision_gone": decision_views.gone_page(repository, frame, typed),
            "received_changes": received_changes.of_team(repository, team, frame, say("2")),
            "possible_duplicates": possible_duplicates.page(repository, frame),
            "quarantined": team_views.quarantined(repository, frame),
            "staff": team_views.staff(repository, frame),
            "audit_log": team_views.audit_lines(repository, frame),
            "figures": team_views.statistics(repository, frame),
            "laptops": device_views.devices(repository, frame),
            "laptop": device_views.device_page(repository, here, frame),
            "ask_whose_laptop": device_views.choose_staff_member(repository, TeamFrame(TEAM, "", "", "", say("token"))),
        }

    try:
        found = storage.read({TEAM}, look)
    finally:
        storage.close()
    return found | {
        "confirm_command": device_views.confirm_action(here, "wipe", frame),
        "enrolment_code": device_views.code(say("code"), say("whose"), frame),
        "signed_out": login_views.signed_out(say("address")),
        "nobody_signs_in": login_views.nobody_signs_in(),
        "no_team": login_views.unknown(visit),
        "choose_team": login_views.choose([member], {TEAM: say("team")}, visit),
        "problem": bytes(rendering.message_page(403, say("sentence")).body).decode(),
        "bundle_upload": bundle_upload.page(say("problem")),
    }


PLAIN, HOSTILE_PAGES = views(plain), views(hostile)
PAGES = pytest.mark.parametrize("name", sorted(PLAIN))
WITHOUT_VALUES = {"nobody_signs_in"}


class Parsed(HTMLParser):
    """A page as a browser reads it: its tags with the names of their attributes, and every text and value in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, *(name for name, _value in attrs)))
        self.texts += [value or "" for _name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}",))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_every_template_of_a_page_is_tried() -> None:
    """A page that is added has to be added here; the other templates are what pages are made of."""
    parts = {"page", "team_page", "macros", "stick_note", "all_laptops_link"}
    files = {name.removesuffix(".html.j2") for name in rendering.ENVIRONMENT.list_templates(["j2"])}
    assert files == set(PLAIN) | parts


@PAGES
def test_a_hostile_value_changes_no_tag_and_no_attribute(name: str) -> None:
    """Script, quotes, template code and ends of tags in every value leave a page its tags and attributes."""
    assert Parsed(HOSTILE_PAGES[name]).tags == Parsed(PLAIN[name]).tags


@PAGES
def test_no_control_character_and_no_open_turn_of_direction_is_shown(name: str) -> None:
    """What steers a terminal or the direction of writing is taken out of every text and every attribute."""
    texts = Parsed(HOSTILE_PAGES[name]).texts
    assert {letter for text in texts for letter in text if unicodedata.category(letter) == "Cc"} <= {"\n"}
    assert not any(turn in text for text in texts for turn in "\u202e\u2066")
    assert name in WITHOUT_VALUES or any(cleaned(HOSTILE) in text for text in texts), "it was tried"


@PAGES
def test_a_page_that_misses_a_value_is_not_made(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A value that is forgotten is an error that names it, and never an empty place on the page."""
    given: dict[str, dict[str, object]] = {}
    real = Template.render

    def render(self: Template, values: dict[str, object]) -> str:
        given[(self.name or "").removesuffix(".html.j2")] = values
        return real(self, values)

    monkeypatch.setattr(Template, "render", render)
    views(plain)
    monkeypatch.undo()
    for missing in given[name]:
        rest = {key: value for key, value in given[name].items() if key != missing}
        with pytest.raises(UndefinedError, match=f"'{missing}' is undefined"):
            rendering.render(name, **rest)


@pytest.mark.parametrize("value", [None, True, ["a"], {"a": 1}, 1.5])
def test_a_template_shows_texts_and_numbers_only(value: object) -> None:
    """Nobody reads None, or how Python writes a list: it is an error instead."""
    with pytest.raises(TypeError, match="a template shows texts and numbers"):
        rendering.ENVIRONMENT.from_string("{{ value }}").render(value=value)


def test_no_template_switches_escaping_off() -> None:
    """No template calls a value safe, turns escaping off, leaves the quotes of an attribute out, or holds a script."""
    found = [
        file.name
        for file in (Path(rendering.__file__).parent / "templates").iterdir()
        if re.search(r"\|\s*safe|autoescape|=\s*\{\{|<script|javascript:|\son\w+=", file.read_text("utf-8"))
    ]
    assert found == []
