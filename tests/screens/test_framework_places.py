"""Where a row of docs/framework-coverage.md speaks of the budget or of deciding, it is there on the screen or paper."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from phb_tui.content import forms, standards
from phb_tui.content.forms import FormField
from phb_tui.content.steps import load
from phb_tui.documents import text
from phb_tui.domain.records.changes import Record
from phb_tui.screens.base.protocols import AppProtocol
from phb_tui.screens.forms.field_row import FieldRow
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.navigation import registry
from phb_tui.services.documents import plan_document
from phb_tui.services.documents.letters import agreement_letter, offered
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests import counts
from tests.domain.budget import examples
from tests.screens.screen_harness import app_of, opened_screen, somebody, unlocked_laptop, words_painted
from tests.services.decision.samples import confirm, decision_about, kept_version, request_for, set_policy, set_staff
from tests.services.payments.paid_budgets import approved, bought, paying
from tools import coverage

pytestmark = pytest.mark.anyio

ITEMS = (
    "X3", "X4", "S3-O2", "S3-O3", "S3-O4", "S3-O5", "S3-O6",
    *(f"S3-A{number}" for number in range(1, 9)),
    *(f"S5-O{number}" for number in range(1, 6)), "S5-A1", "S5-A2", "S5-A3",
    *(f"T{number}" for number in range(1, 6)),
)  # fmt: skip
STATEMENTS = ("S3-I1", "S3-I2", "S3-I3", "S3-I4", "S5-I1", "S5-I2", "S5-I3")
EPICS = (
    "C32E1", "C32E2", "C32E4", "C32E5", "C32E6", "C32E7", "C32E10", "C32E12",
    "E00649 create", "E00649 view", "E00649 amend", "E00649 close",
)  # fmt: skip
TO_READ = ("S3-O1", "S4-O6", "S4-O7", "S6-O3", "S6-O3.2", "S6-O7", "S6-O8")
"""Items that are only talked or read about: the organisation's own, and reviews, which no form holds yet."""
SHOWN = {
    "budget": "818.88",
    "working": "581 hours x 13.20 = 7,669.20",
    "what_if": "Try something out in a copy",
    "money_pictures": "Direct payment",
    "enough": "Do you think it is enough?",
    "copies": "This will be the budget From December",
    "money": "Notional budget",
    "to_do": "Sign the direct payment agreement",
    "agreement": "Keep records of what is paid for.",
    "ask": "Version 1 of the budget: \N{POUND SIGN}818.88 a week",
    "decide": "I want to choose who comes.",
    "decisions": "Asked on 20 November 2026",
    "payments": "The swimming pool",
    "spending": "29.99",
}
"""What each screen shows of example B, or what it offers to do with it."""
OF_PAYMENTS = {"payments", "spending"}
"""Screens that are opened for somebody whose budget is being paid."""
PRINTED = {
    "plan": "£46,132.46",
    "decision_letter": "The hours are what you need.",
    "change_letter": "Every week from then on",
    "agreement_letter": agreement_letter.YOUR_SIDE["records"],
}
"""What each paper says of it."""
APPLIES = {
    "worker": {"employed_as": "employed"},
    "budget": {"nature": "ongoing"},
    "decision": {"outcome": "declined"},
    "agreement": {"kind": "managed_account"},
    "need": {"met": "unpaid"},
}
"""Values with which a field is asked."""


def rows() -> dict[str, tuple[str, ...]]:
    """Where each of these items is served."""
    found = {item.id: item.served for item in standards.items() if item.id in ITEMS}
    found |= {each.id: each.served for each in load().statements if each.id in STATEMENTS}
    return found | {epic["id"]: tuple(epic["served"]) for epic in coverage.epics()}


def named(sort: str) -> list[str]:
    """Each field ("field"), screen or paper that a row names, once."""
    served = dict.fromkeys(name for names in rows().values() for name in names)
    found = [name.rpartition(":") for name in served]
    return [name for given, _colon, name in found if (given or "field") == sort]


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A laptop that both tests look at."""
    folder: Path = tmp_path_factory.mktemp("coverage")
    with unlocked_laptop(folder) as found:
        yield found


def test_each_item_about_the_budget_has_its_row() -> None:
    """Every item, statement and epic about money names a field, a screen or a paper; what is only read is listed."""
    assert rows().keys() == {*ITEMS, *STATEMENTS, *EPICS}
    only_read = {"screen:talk", "screen:expect"}
    assert [row for row, served in rows().items() if not {*served} - only_read] == []
    assert [item.id for item in standards.items() if not {*item.served} - only_read] == [*TO_READ]


async def test_each_field_that_a_row_names_is_asked_on_its_form(laptop: Session) -> None:
    """Every one is on the form of its kind; the form is opened at its page, and the field is painted with its label."""
    person_id = somebody(laptop).record_id
    pages: dict[tuple[str, int], list[FormField]] = {}
    for name in named("field"):
        kind, _dot, field = name.partition(".")
        asked = next(each for each in forms.form(kind).fields() if each.name == field)
        pages.setdefault((kind, forms.page_of(kind, field)), []).append(asked)
    async with opened_screen(laptop, FormScreen(record_lists.new(laptop, "goal", person_id)), (80, 48)) as pilot:
        for kind, page in counts.some(pages):
            await pilot.app.push_screen(FormScreen(_record(laptop, person_id, kind), page))
            await pilot.pause()
            shown = {row.field.name: row.field.label for row in pilot.app.screen.query(FieldRow) if row.is_on_screen}
            named_here = pages[kind, page]
            assert [each.name for each in named_here if shown.get(each.name) != each.label] == [], kind
            pilot.app.pop_screen()


def _record(laptop: Session, person_id: str, kind: str) -> Record:
    return editing.save(laptop, record_lists.new(laptop, kind, person_id), {**APPLIES.get(kind, {}), "removed": ""})


async def test_each_screen_that_a_row_names_shows_the_budget(laptop: Session) -> None:
    """The screen is opened by its name and shows an amount, a working or a way of example B, or offers to try it."""
    person_id = somebody(laptop).record_id
    set_policy(laptop)
    set_staff(laptop)
    budget_id = kept_version(laptop, person_id, examples.b(), name="From December").text("budget_id")
    budget = editing.read(laptop, "budget", budget_id, person_id)
    request = request_for(laptop, record_lists.of(laptop, "budget_version", person_id)[0], wish=SHOWN["decide"])
    payee = somebody(laptop).record_id
    paying(laptop, payee, examples.b())
    bought(laptop, payee, "29.99", payee="The swimming pool")
    about = {"decide": request.record_id}
    for kind, values in (("task", {"what": SHOWN["to_do"]}), ("agreement", {"read:records": "yes"})):
        editing.save(laptop, record_lists.new(laptop, kind, person_id), dict(values))
    editing.save(laptop, record_lists.of(laptop, "cost", person_id, budget)[-1], {"management": "third_party"})
    async with opened_screen(laptop, FormScreen(record_lists.new(laptop, "goal", person_id)), (80, 64)) as pilot:
        for name in named("screen"):
            which = about.get(name, budget_id)
            whose = payee if name in OF_PAYMENTS else person_id
            await pilot.app.push_screen(registry.make_screen(cast("AppProtocol", app_of(pilot)), whose, name, which))
            await pilot.pause()
            assert SHOWN[name] in words_painted(pilot), name
            pilot.app.pop_screen()


def test_each_paper_that_a_row_names_says_it(laptop: Session) -> None:
    """The paper is made of decided budgets and a signed agreement, and has its working, reason, change or promise."""
    person_id = somebody(laptop).record_id
    version = kept_version(laptop, person_id, examples.b())
    request = request_for(laptop, version)
    confirm(laptop, version, request, decision_about(laptop, request, reasons=PRINTED["decision_letter"]))
    editing.save(laptop, record_lists.new(laptop, "agreement", person_id), {"read:records": "yes"})
    papers = {"plan": plan_document.plan(laptop, person_id)}
    later = {"start_date": "2027-03-01", "replaces_id": version.text("budget_id")}
    approved(laptop, person_id, examples.f(), "2026-11-22", **later)
    for each in offered.of_person(laptop, person_id):  # the older one of the two decisions is the last
        papers[f"{each.name.partition(':')[0]}_letter"] = each.make()
    assert [name for name in named("paper") if PRINTED[name] not in text.write(papers[name], 300)] == []
    assert coverage.PAPERS.keys() == PRINTED.keys()
