"""What colleagues wrote differently: every paper prints every version, and says first that it is not decided."""

import itertools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from phb_tui.content import forms
from phb_tui.content.forms import FormField
from phb_tui.documents import html, pdf, text
from phb_tui.documents.model import Document, Items, Layout, Undecided
from phb_tui.domain.field_types import DATES
from phb_tui.domain.records.changes import Record
from phb_tui.services.documents import plan_document
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing, field_conflicts, record_lists
from phb_tui.services.session import Session
from tests.screens.app_harness import planned
from tests.screens.team_harness import TwoLaptops, disagree, disagreeing, somebody, team_in, write
from tests.services.documents.test_print import read_html, read_pdf

BOXED = "Two versions: not decided yet"
FORTY, TWENTY = "Prednisolone 40 mg once a day", "Prednisolone 20 mg once a day"
PRINTED = {kind for _title, kinds in (*plan_document.CHAPTERS, *plan_document.FULL) for kind in kinds}
Differing = tuple[Record, str, tuple[str, str]]
"""A record, one of its fields, and two values for it."""
MADE = {
    "nhs_number": ("999 000 0018", "999 000 0026"),
    "postcode": ("ZZ99 3CZ", "ZZ99 3VZ"),
    "codes": ("74732009", "73211009"),
    "ods": ("Y11111", "Y22222"),
    "time": ("10:30", "11:45"),
}
"""Two valid values by a field's type; other types get numbered ones."""


@pytest.fixture
def both(tmp_path: Path) -> Iterator[TwoLaptops]:
    with disagreeing(tmp_path) as found:
        yield found


def plan_for(both: TwoLaptops, name: str = "Breathing", **values: str) -> Record:
    """A plan for when something goes wrong, which both laptops have."""
    new = record_lists.new(both.one, "contingency", both.person.record_id)
    made = editing.save(both.one, new, {"name": name, "triggers": "Breathless", **values})
    both.team.exchange(both.one, both.two)
    return made


def every_form(paper: Document) -> Mapping[str, str]:
    """The paper in every form it can be given in, without spaces where a form folds its lines."""
    made = {f"html {layout}": "".join(read_html(html.write(paper, layout)).words) for layout in Layout}
    made |= {f"pdf {layout}": read_pdf(pdf.write(paper, layout)) for layout in Layout}
    made["text"] = re.sub(r"(?m)^\| ", "", text.write(paper))
    return {name: re.sub(r"\s", "", words) for name, words in made.items()}


def missing(paper: Document, *words: str) -> list[tuple[str, str]]:
    """The words that some form of the paper lacks."""
    return [(form, word) for form, found in every_form(paper).items() for word in words if squeezed(word) not in found]


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def boxes(paper: Document) -> list[Undecided]:
    return [block for block in paper.blocks if isinstance(block, Undecided)]


@pytest.mark.parametrize("full", [False, True])
def test_a_dose_with_two_versions_is_printed_twice_in_every_form(both: TwoLaptops, *, full: bool) -> None:
    """Both doses stand in one box with who wrote each and when, and the first lines say that it is not decided."""
    plan = plan_for(both)
    disagree(both.team, both.one, both.two, plan, ("response", FORTY, TWENTY))
    paper = plan_document.plan(both.two, both.person.record_id, full=full)
    assert missing(paper, BOXED, FORTY, TWENTY, "23 November 2026", "Not decided yet") == []
    (box,) = [box for box in boxes(paper) if box.what == "What to do"]
    assert {words for words, _by in box.versions} == {FORTY, TWENTY}
    assert all("10:42" in by for _words, by in box.versions)
    assert "What to do (Breathing)" in paper.warning
    assert any("Not decided yet" in line for line in text.write(paper).split("\n")[:12])


def test_no_staff_id_is_in_a_copy_for_the_person(both: TwoLaptops) -> None:
    """A colleague whose name is not known here is a colleague on the person's copy, and a staff id on the full one."""
    plan = plan_for(both)
    disagree(both.team, both.one, both.two, plan, ("response", FORTY, TWENTY))
    own, full = (text.write(plan_document.plan(both.two, both.person.record_id, full=full)) for full in (False, True))
    assert "nurse-" not in own
    assert "Sam Brown, Monday 23 November 2026" in own
    assert "Sam Brown, Monday 23 November 2026" in full


def test_two_phone_numbers_are_both_printed(both: TwoLaptops) -> None:
    """Contact details of which two versions wait stand side by side, also where they are one line of a list."""
    plan = plan_for(both)
    call = record_lists.new(both.one, "emergency_contact", both.person.record_id)
    call = editing.save(
        both.one, call, {"name": "Dewi", "contact": "0", **record_lists.parent_link(plan, "emergency_contact")}
    )
    nurse = editing.save(both.one, record_lists.new(both.one, "professional", both.person.record_id), {"name": "Mair"})
    disagree(both.team, both.one, both.two, call, ("contact", "01632 960002", "01632 960003"))
    disagree(both.team, both.one, both.two, nurse, ("contact", "01632 960004", "01632 960005"))
    for full in (False, True):
        paper = plan_document.plan(both.two, both.person.record_id, full=full)
        assert missing(paper, "01632 960002", "01632 960003", "01632 960004 or 01632 960005") == []
    (items,) = [
        block for block in plan_document.plan(both.two, both.person.record_id).blocks if isinstance(block, Items)
    ]
    assert "01632 960002 or 01632 960003 (two versions: not decided yet)" in items.lines[0]


@pytest.mark.parametrize("full", [False, True])
def test_what_may_have_been_taken_off_is_printed_with_a_note(both: TwoLaptops, *, full: bool) -> None:
    """A record that one colleague removed while another wrote in it is printed, and says that this is not decided."""
    plan = plan_for(both, response=FORTY)
    record_lists.remove(both.one, plan)
    editing.save(both.two, editing.read(both.two, "contingency", plan.record_id, plan.person_id), {"signs": "Blue"})
    both.team.exchange(both.one, both.two, both.one)
    for laptop in (both.one, both.two):
        paper = plan_document.plan(laptop, both.person.record_id, full=full)
        assert missing(paper, FORTY, BOXED, "Kept or removed", "Removed.") == []
        assert "Kept or removed" in paper.warning
        notes = [block.what for block in paper.front if isinstance(block, Undecided)]
        assert notes == ["Kept or removed (Breathing - Breathless)"], "on the first page too"


def test_an_agreed_version_shows_what_was_agreed_and_what_is_not_decided_since(both: TwoLaptops) -> None:
    """The agreed dose stands beside both newer ones, marked as agreed, and the first lines say it."""
    planned(both.one, both.person)
    plan = plan_for(both, response="30 mg")
    version = plan_versions.agree(
        both.one, both.person.record_id, plan_versions.version_being_agreed(both.one, both.person.record_id)
    )
    disagree(both.team, both.one, both.two, plan, ("response", FORTY, TWENTY))
    paper = plan_document.plan(both.one, both.person.record_id, version=version)
    (box,) = [box for box in boxes(paper) if box.what == "What to do"]
    assert dict(box.versions)["30 mg"] == "as agreed in version 1"
    assert {FORTY, TWENTY} < set(dict(box.versions))
    assert "Not decided yet" in paper.warning


def test_a_paper_without_a_conflict_warns_of_nothing(both: TwoLaptops) -> None:
    """What is decided stands once, without a box, and nothing is said of what is on another paper only."""
    plan = plan_for(both)
    disagree(both.team, both.one, both.two, plan, ("response", FORTY, TWENTY))
    (conflict,) = field_conflicts.blocking(both.two, both.person.record_id)
    field_conflicts.resolve(both.two, conflict, FORTY)
    paper = plan_document.plan(both.two, both.person.record_id)
    assert (boxes(paper), paper.warning) == ([], "")
    assert TWENTY not in text.write(paper)
    assert plan_document.plan(both.two, both.person.record_id, full=True).warning, (
        "the person's phone is in the full copy"
    )


# -- every field of every kind that is printed


def two_values(field: FormField, numbers: Iterator[int]) -> tuple[str, str]:
    """Two values that a reader can tell apart."""
    if field.type == "choice":
        first, second = list(field.options or {})[:2]
        return first, second
    if field.type in MADE:
        return MADE[field.type]
    one, two = next(numbers), next(numbers)
    if field.type in DATES:
        return f"19{20 + one % 80}-03-27", f"19{20 + two % 80}-03-{1 + one % 25:02}"
    if field.type in {"score", "money", "hours"}:
        return str(one % 10), str(two % 10)
    return f"{field.name} {one} left", f"{field.name} {two} right"


def everything_disagreed(one: Session, person: Record) -> list[Differing]:
    """A record of every kind that is printed, and two values for each of its fields."""
    numbers, done = itertools.count(100), {"person": person}

    def add(kind: str) -> Record:
        if kind not in done:
            form = forms.form(kind)
            new = (record_lists.single if form.single else record_lists.new)(one, kind, person.record_id)
            above = record_lists.parent_link(add(form.under), kind) if form.under else {}
            start = above or {"removed": ""}
            done[kind] = editing.save(one, new, {**start, "from_the_start": "yes"})
        return done[kind]

    def kinds(names: set[str]) -> set[str]:
        below = {held for kind in names for held in forms.form(kind).holds}
        return names | (kinds(below) if below else set())

    # A tick is there or not: two colleagues cannot differ in it.
    fields = ((kind, field) for kind in sorted(kinds(PRINTED)) for field in forms.form(kind).fields())
    return [
        (add(kind), field.name, two_values(field, numbers))
        for kind, field in fields
        if field.type not in {"link", "ticks"}
    ]


def test_every_field_of_every_kind_prints_both_its_versions(tmp_path: Path) -> None:
    """Whatever field two colleagues wrote differently, the full copy has both values, marked as not decided."""
    with team_in(tmp_path) as team:
        one, two = team.laptop(1, "Ada Okafor"), team.laptop(2, "Sam Brown")
        person = somebody(one)
        wanted = everything_disagreed(one, person)
        team.exchange(one, two)
        for _record_id, group in itertools.groupby(wanted, key=lambda one: one[0].record_id):
            differing = list(group)
            for place, laptop in enumerate((one, two)):
                write(laptop, differing[0][0], {name: values[place] for _record, name, values in differing})
        team.exchange(one, two, one)
        paper = plan_document.plan(two, person.record_id, full=True)
        everywhere = "\n".join([*map(str, paper.blocks), paper.person])
        lost = []
        for record, name, values in wanted:
            assert name in editing.read(two, record.kind, record.record_id, record.person_id).open
            field = forms.field(record.kind, name)
            coded = field is None or field.type in {"link", "ticks"}
            shown = (
                record_lists.in_words(two, record.kind, name, value)
                if coded
                else forms.printed(record.kind, name, value)
                for value in values
            )
            lost += [(record.kind, name, words) for words in shown if words not in everywhere]
        assert lost == []
        assert [box.what for box in boxes(paper) if "?" in box.what] == []
        assert len(wanted) > 250
