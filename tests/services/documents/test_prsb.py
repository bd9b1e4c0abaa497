"""Every element of the PRSB Personalised Care and Support Plan standard is written, exchanged and printed.

Everything is done once: a record of every kind on one laptop, an exchange with a central over HTTP, and the copy to
print made on a second laptop. Then each element is looked for.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from phb_tui.central.server.factory import build_central
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.storage.repository import Storage
from phb_tui.content import forms
from phb_tui.content.forms import FormField
from phb_tui.documents.model import Layout
from phb_tui.domain.records.changes import Record
from phb_tui.domain.text import snomed
from phb_tui.services.documents import plan_document
from phb_tui.services.person import caseload
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.sync import sync_service
from tests import factories, stores

LIST = Path(__file__).parents[2] / "content" / "prsb_elements.txt"
ELEMENTS = LIST.read_text("utf-8").splitlines()
NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
PASSPHRASE = "quiet tandem marble lagoon"
TEAM = "team-1"


@dataclass(frozen=True, slots=True)
class Told:
    """What is written for one element in one field.

    Attributes:
        kind: The kind of record.
        field: The field.
        place: Which of the field's elements it is.
        words: What is written for the element: a line of its own where a field records several.
    """

    kind: str
    field: FormField
    place: int
    words: str

    @property
    def printed(self) -> str:
        """How it reads on paper: beside its name, but for headings, the person's own words and later lines."""
        shown = forms.printed(self.kind, self.field.name, self.words)
        alone = self.field.said or self.field.name in forms.form(self.kind).line[:1] or len(self.field.prsb) > 1
        return shown if alone else f"{self.field.printed}: {shown}"

    def held(self, record: Record) -> str:
        """What a record holds for the element."""
        words = record.text(self.field.name)
        return words.split("\n")[self.place] if len(self.field.prsb) > 1 else words


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a second laptop has of a person: every record by its kind, and the full copies as one line each."""

    records: Mapping[str, Record]
    first: Mapping[str, Record]
    draft: str
    agreed: str


def normal(element: str) -> str:
    """An element's name, whichever way the standard spells it."""
    return element.replace("Specialty", "Speciality")


def code(number: int) -> str:
    """A SNOMED CT identifier of an invented concept."""
    return next(found for digit in range(10) if snomed.is_identifier(found := f"9000{number:04}10{digit}"))


def option(field: FormField, number: int) -> str:
    """One of the options, not always the same."""
    codes = list(field.options or {})
    return codes[number % len(codes)]


SCORES = itertools.count(1)
MADE: Mapping[str, Callable[[FormField, int], str]] = {
    "words": lambda _, number: f"Gair ŵyl “{number:03}” & <more>",
    "date": lambda _, number: (date(2027, 1, 1) + timedelta(number)).isoformat(),
    "day": lambda _, number: (date(2027, 1, 1) + timedelta(number)).isoformat(),
    "review": lambda _, number: (date(2029, 1, 1) + timedelta(number)).isoformat(),
    "whole_day": lambda _, number: (date(2024, 1, 1) + timedelta(number)).isoformat(),
    "happened": lambda _, number: (date(2024, 1, 1) + timedelta(number)).isoformat(),
    "past": lambda _, number: (date(1961, 1, 1) + timedelta(number)).isoformat(),
    "nhs_number": lambda *_: "999 000 0018",
    "score": lambda *_: str(next(SCORES)),
    "ods": lambda _, number: f"Y{number:05}",
    "postcode": lambda *_: "ZZ99 3CZ",
    "email": lambda _, number: f"element{number:03}@example.org",
    "codes": lambda _, number: code(number),
    "choice": option,
}
"""A valid value by a field's type, another one for each field. A field of a type without one fails the module."""


def tell() -> dict[str, list[Told]]:
    """What is written, by element."""
    numbers = itertools.count(1)
    found: dict[str, list[Told]] = {}
    for kind in forms.kinds():
        for field in forms.form(kind).fields():
            for place, element in enumerate(field.prsb):
                words = MADE[field.type](field, next(numbers))
                found.setdefault(normal(element), []).append(Told(kind, field, place, words))
    return found


TOLD = tell()
ALL = [told for found in TOLD.values() for told in found]
TIMES = Counter(told.printed for told in ALL)
EACH = pytest.mark.parametrize("element", ELEMENTS)


def values(kind: str) -> dict[str, str]:
    """Every field of a kind that records an element, with what is written in it."""
    fields: dict[str, list[Told]] = {}
    for told in ALL:
        if told.kind == kind:
            fields.setdefault(told.field.name, []).append(told)
    return {
        name: "\n".join(told.words for told in sorted(lines, key=lambda told: told.place))
        for name, lines in fields.items()
    }


def write_all(laptop: Session) -> dict[str, Record]:
    """One record of every kind with elements, about one person; those above another first."""
    done: dict[str, Record] = {"person": editing.save(laptop, caseload.add(laptop), dict(values("person")))}
    person_id = done["person"].record_id

    def add(kind: str) -> Record:
        if kind not in done:
            form = forms.form(kind)
            new = (record_lists.single if form.single else record_lists.new)(laptop, kind, person_id)
            above = record_lists.parent_link(add(form.under), kind) if form.under else {}
            done[kind] = editing.save(laptop, new, {**above, **values(kind)})
        return done[kind]

    for told in ALL:
        add(told.kind)
    return done


def laptop_of(storage: Storage, address: str, name: str, folder: Path) -> Session:
    """A laptop with a store of its own that joined the team and is unlocked."""
    factories.invite(storage, TEAM, (name, factories.nurse(name)))
    at = folder / name / "stores"
    stores.set_up(at, PASSPHRASE, factories.joining(address, TEAM, name))
    return stores.unlock(at, PASSPHRASE, lambda: NOW)


@pytest.fixture(scope="module")
def arrived(tmp_path_factory: pytest.TempPathFactory) -> Arrived:
    """Everything is written on one laptop, exchanged with central by HTTP and printed on another."""
    folder = tmp_path_factory.mktemp("prsb")
    with ExitStack() as open_now:
        storage = open_now.enter_context(closing(Storage.on_sqlite(None)))
        address = open_now.enter_context(serve_in_thread(build_central(storage, factories.KEY)))
        one, two = (
            open_now.enter_context(closing(laptop_of(storage, address, name, folder))) for name in ("one", "two")
        )
        first = write_all(one)
        for laptop in (one, two):
            sync_service.sync_now(laptop, lambda _: None)
        everything = record_lists.everything(two, first["person"].record_id)
        paper = plan_document.plan(two, first["person"].record_id, full=True)
        person_id = first["person"].record_id
        version = plan_versions.agree(two, person_id, plan_versions.version_being_agreed(two, person_id))
        agreed = plan_document.plan(two, person_id, full=True, version=version)
        texts = [plan_document.save(two, made, Layout.STANDARD, "txt").read_text("utf-8") for made in (paper, agreed)]
        plan_document.clear(two)
    draft, final = (" ".join(text.split()) for text in texts)
    return Arrived({kind: found[0] for kind, found in everything.items()}, first, draft, final)


def test_the_list_is_whole() -> None:
    """The standard has 220 elements, each with a name of its own."""
    assert (len(ELEMENTS), len(set(ELEMENTS))) == (220, 220)


@EACH
def test_every_element_has_a_field(element: str) -> None:
    """Some form asks for each element."""
    assert TOLD.get(normal(element))


def test_no_field_names_an_unknown_element() -> None:
    """What a field says it records is in the standard."""
    assert sorted(set(TOLD) - set(map(normal, ELEMENTS))) == []


def test_what_is_written_can_be_told_apart() -> None:
    """No value stands for two elements, but for choices and scores, which are printed beside their names."""
    free = [told.words for told in ALL if told.field.type not in {"choice", "score"}]
    assert [words for words, times in Counter(free).items() if times > 1] == []


def test_what_is_written_is_valid(arrived: Arrived) -> None:
    """The forms find nothing wrong with any record, and every choice is one that is offered."""
    assert [problem for record in arrived.first.values() for problem in forms.problems(record, NOW.date())] == []
    chosen = [told for told in ALL if told.field.type == "choice"]
    assert [told for told in chosen if told.words not in (told.field.options or {})] == []


@EACH
def test_every_element_arrives(element: str, arrived: Arrived) -> None:
    """The second laptop holds what the first one wrote, letter by letter."""
    for told in TOLD[normal(element)]:
        assert told.held(arrived.first[told.kind]) == told.words
        assert told.held(arrived.records[told.kind]) == told.words


@EACH
def test_every_element_is_printed(element: str, arrived: Arrived) -> None:
    """The full copies of the plan and of its agreed version have each value as a reader wants it, each time."""
    for told in TOLD[normal(element)]:
        assert arrived.draft.count(told.printed) >= TIMES[told.printed]
        assert arrived.agreed.count(told.printed) >= TIMES[told.printed]
