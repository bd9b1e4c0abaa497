"""The forms and the plain names of fields."""

import re
from datetime import date

import pytest

from phb_tui import content
from phb_tui.content import forms
from phb_tui.content.forms import FormField
from phb_tui.domain import dates
from phb_tui.errors import ContentProblem

KINDS = ("person", "visit", "outcome", "action")


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
        ("outcome", "why", "Why does it matter?"),
        ("action", "by_when", "By when?"),
        ("answer", "would_help", "What would make it true"),
        ("answer", "words", "In the person's own words"),
        ("about_me", "supported_by", "Who helped to write this?"),
        ("step", "some_new_field", "some new field"),
    ],
)
def test_a_field_is_called_by_a_plain_name(kind: str, name: str, words: str) -> None:
    """A field has the label of its form, or its plain name, or its stable name with spaces."""
    assert forms.label(kind, name) == words


def test_a_heading_of_about_me_is_called_by_its_title() -> None:
    """The headings of About Me are named by their titles."""
    heading = content.load().about_me[0]
    assert forms.label("about_me", heading.id) == heading.title
