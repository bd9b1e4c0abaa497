"""The forms and the plain names of fields."""

import re
from datetime import date

import pytest

from phb_tui.content import forms, sections
from phb_tui.content.forms import FormField
from phb_tui.domain import field_types
from phb_tui.domain.budget import inputs
from phb_tui.domain.budget.law import ages
from phb_tui.domain.budget.reading import line_records, records
from phb_tui.domain.calendar import dates
from phb_tui.domain.field_types import DATES
from phb_tui.domain.records.changes import Record
from phb_tui.domain.text import snomed
from phb_tui.errors import ContentProblem

KINDS = forms.kinds()


def fields(kind: str) -> list[FormField]:
    return [field for page in forms.form(kind).pages for field in page.fields]


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_asks_for_more_than_five_things(kind: str) -> None:
    """No page of any form has more than five fields."""
    assert all(1 <= len(page.fields) <= 5 for page in forms.form(kind).pages)


@pytest.mark.parametrize("kind", KINDS)
def test_no_field_is_asked_twice(kind: str) -> None:
    """Every field of a form stands on one page only."""
    names = [field.name for field in fields(kind)]
    assert len(names) == len(set(names))


def test_a_form_asks_in_the_order_of_its_file() -> None:
    """The first page about a person asks for names, then numbers."""
    assert [field.name for field in forms.form("person").pages[0].fields] == [
        "given_name",
        "family_name",
        "known_as",
        "nhs_number",
        "date_of_birth",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_an_example_date_cannot_be_read_the_other_way_round(kind: str) -> None:
    """An example date has a day after the 12th and a month before October."""
    examples = [found for field in fields(kind) for found in re.findall(r"\d{1,2} \d{1,2} \d{4}", field.hint)]
    read: list[date | None] = [dates.parse(example) for example in examples]
    assert all(found is not None and found.day >= 13 and found.month <= 9 for found in read)


@pytest.mark.parametrize("kind", KINDS)
def test_labels_and_hints_are_short_sentences(kind: str) -> None:
    """No sentence of a label or hint has more than 20 words."""
    for field in fields(kind):
        assert all(len(sentence.split()) <= 20 for sentence in f"{field.label}. {field.hint}".split("."))


@pytest.mark.parametrize("name", ["take_care", "nhs_number", "date_of_birth"])
def test_family_view_leaves_out_what_only_staff_see(name: str) -> None:
    """The visiting warning, the NHS number and the date of birth are for staff only."""
    assert next(field for field in fields("person") if field.name == name).staff_only


def test_a_kind_without_a_form_is_a_content_problem() -> None:
    """Asking for a form there is none of says so in a sentence."""
    with pytest.raises(ContentProblem, match="no form"):
        forms.form("unheard_of")


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("person", "given_name", "First name"),
        ("goal", "why", "Why does it matter?"),
        ("action", "by_when", "By when?"),
        ("answer", "would_help", "What would make it true"),
        ("answer", "words", "In the person's own words"),
        ("about_me", "supported_by", "Who helped to write this?"),
        ("about_me", "also", "Also worth knowing about me"),
        ("goal", "removed", "Removed"),
        ("contact", "may:see_plan", "They may See the plan"),
        ("step", "some_new_field", "some new field"),
        ("some_new_kind", "some_new_field", "some new field"),
    ],
)
def test_a_field_is_called_by_a_plain_name(kind: str, name: str, words: str) -> None:
    """A field has the label of its form, or its plain name, or its stable name with spaces."""
    assert forms.label(kind, name) == words


def test_about_me_has_the_standards_seven_headings() -> None:
    """Each heading has a SNOMED CT code of its own, with a right check digit."""
    codes = [field.code for field in fields("about_me") if field.code]
    assert (len(codes), len(set(codes))) == (7, 7)
    assert all(map(snomed.is_identifier, codes))


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_names_only_what_there_is(kind: str) -> None:
    """What stands for a record in a list, what it holds and what Continue asks for are all there."""
    form = forms.form(kind)
    names = {field.name for field in form.fields()}
    assert set(form.line) <= {*names, *form.labels}
    assert {name for need in form.needs for name in need.any} <= names
    assert all(forms.form(held).under == kind for held in form.holds)
    assert form.single or form.line
    assert all(field.of in KINDS for field in form.fields() if field.type == "link")


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_takes_something_known(kind: str) -> None:
    """A field's type is one that can be tidied and checked, or something to choose from."""
    for field in fields(kind):
        assert field.type in {"choice", "ticks", "link"} or field.type in field_types.TYPES
        assert bool(field.options) == (field.type in {"choice", "ticks"})


def test_a_tick_is_a_field_of_its_own() -> None:
    """Two people who tick different things in one list change different fields."""
    may = next(field for field in fields("contact") if field.name == "may")
    assert "may:agree_plan" in may.names()
    assert forms.field("contact", "may:agree_plan") is may


def test_what_is_filled_in_is_counted_without_the_extra_pages() -> None:
    """A list of ticks is one thing that is filled in, whatever is ticked."""
    ticked = Record("t", "information", "r", "p", {"explained:what": "yes", "explained:uses": "yes"})
    assert forms.filled(ticked)[0] == 1


def test_every_kind_of_record_has_a_place_or_belongs_to_another() -> None:
    """No kind of record is out of reach: it is on a section, under another kind, or on a screen of its own."""
    placed = {part.kind for section in sections.sections() for part in section.parts}
    held = {kind for kind in KINDS if forms.form(kind).under}
    own = {"about_me", "task", "visit", "closing", "agenda", "answer", "other_voice", "step", "plan_version", "request",
           "purchase"}  # fmt: skip
    assert set(KINDS) - placed - held - own - {"copy_given", "local"} == set()


ADDRESSES = {("person", "address"), ("address", "lines")}
"""Words of several rows that are everyday: nothing but an address is asked for there."""
EVERYDAY = [(kind, field) for kind in KINDS for field in fields(kind) if field.everyday]


def test_everyday_fields_are_these() -> None:
    """Nobody makes a field everyday by the way: here stands every one, to be read together."""
    assert {(kind, field.name) for kind, field in EVERYDAY} == ADDRESSES | {
        ("person", "phone"), ("person", "postcode"), ("person", "address_type"), ("person", "next_visit"),
        ("address", "postcode"), ("address", "type"),
        ("contact_detail", "phone"), ("contact_detail", "phone_type"), ("contact_detail", "phone_order"),
        ("contact_detail", "email"), ("contact_detail", "email_type"), ("contact_detail", "email_order"),
        ("professional", "contact"), ("closing", "next_visit"), ("visit", "time"),
    }  # fmt: skip


@pytest.mark.parametrize(("kind", "field"), EVERYDAY, ids=lambda found: getattr(found, "name", found))
def test_nothing_that_matters_can_hide_in_an_everyday_field(kind: str, field: FormField) -> None:
    """It is not what the person said, no money, no tick, link or code, and no long words unless it is an address."""
    assert not field.said
    assert field.type in {"words", *DATES, "time", "score", "postcode", "email", "choice"}
    assert field.rows == 1 or (kind, field.name) in ADDRESSES
    assert forms.is_everyday(kind, field.name)


@pytest.mark.parametrize(
    ("kind", "name"),
    [("person", "removed"), ("person", "from_a_newer_version"), ("unheard_of", "phone"), ("contact", "may:see_plan")],
)
def test_what_is_not_declared_everyday_is_not(kind: str, name: str) -> None:
    """Fields and kinds that this version does not know, marks and ticks hold an agreement up."""
    assert not forms.is_everyday(kind, name)


def test_only_a_date_of_birth_has_the_rules_of_a_birth() -> None:
    """Whatever else has happened may be of this year: it is asked about neither its year nor its century."""
    births = [(kind, field.name) for kind in KINDS for field in fields(kind) if field.type == "past"]
    assert births == [("person", "date_of_birth")]


@pytest.mark.parametrize(
    ("kind", "name", "codes"),
    [
        ("budget", "management", inputs.WAYS),
        ("budget", "pay_every", records.PAY_EVERY),
        ("budget", "contingency_held", records.HELD),
        ("worker", "employed_as", records.EMPLOYED_AS),
        ("worker", "pension", records.PENSION),
        ("worker", "age", ("22_plus", "21", "18_20", "16_17", *ages.FIXED)),
        ("shift", "management", inputs.WAYS),
        ("shift", "sort", line_records.SORTS),
        ("shift", "weeks", line_records.WEEKS),
        ("shift", "bank_holidays", line_records.BANK),
        ("shift", "stream", (inputs.JOINT, *inputs.STREAMS)),
        ("cost", "kind", line_records.KINDS),
        ("cost", "often", line_records.OFTEN),
        ("cost", "stream", (inputs.JOINT, *inputs.STREAMS)),
    ],
)
def test_answers_about_money_are_those_that_the_rules_know(kind: str, name: str, codes: tuple[str, ...]) -> None:
    """They are the same, and the first is the same too: an empty choice counts as it, in forms and in the rules."""
    field = forms.field(kind, name)
    assert field is not None
    assert field.options is not None
    assert set(field.options) == set(codes)
    assert next(iter(field.options)) == codes[0]
