"""Labels on paper: a plan is the person's own, so it speaks as they do, and it asks nothing."""

import re
from collections.abc import Iterator

import pytest

from phb_tui.content import forms
from phb_tui.content.forms import FormField
from phb_tui.documents import html, pdf, text
from phb_tui.documents.model import Document, Layout
from phb_tui.domain.records.changes import Record, Value
from phb_tui.services.documents import plan_document
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.team_harness import somebody
from tests.services.documents.test_print import read_html, read_pdf

ABOUT_THEM = re.compile(r"\b(the person|you|your|yours|yourself)\b", re.IGNORECASE)
"""What a plan of the person's own never says of them."""
TYPED = {
    "score": "7",
    "date": "2027-03-27",
    "day": "2027-03-27",
    "happened": "2026-03-27",
    "whole_day": "2026-03-27",
    "past": "1961-03-27",
    "review": "2027-03-27",
}


def printed_kinds(kinds: Iterator[str]) -> Iterator[str]:
    """Every kind of record on a paper, and what each holds."""
    for kind in kinds:
        yield kind
        yield from printed_kinds(iter(forms.form(kind).holds))


PRINTED = list(
    dict.fromkeys(
        printed_kinds(kind for _title, kinds in (*plan_document.CHAPTERS, *plan_document.FULL) for kind in kinds)
    )
)


def labels() -> Iterator[str]:
    """Every word of a form's own that can stand on a paper: titles, names of fields, what was chosen."""
    for kind in PRINTED:
        form = forms.form(kind)
        yield from filter(None, ((form.print_title or form.title) if form.line else "", form.mark))
        yield from filter(None, (form.many for held in PRINTED if kind in forms.form(held).holds))
        for field in form.fields():
            for name in field.names():
                yield forms.printed_label(kind, name)
            yield from (forms.printed_option(field, code) for code in field.options or {})


def test_no_label_on_paper_is_a_question() -> None:
    """No field of any kind that can be printed has a name that asks, nor has anything that can be chosen in it."""
    assert len(PRINTED) > 30
    assert [label for label in labels() if "?" in label] == []


def test_no_label_on_paper_speaks_of_the_person_or_to_them() -> None:
    """A plan says I, me and my: never the person, never you."""
    assert [label for label in labels() if ABOUT_THEM.search(label)] == []


def test_a_print_label_is_there_where_it_says_something_else() -> None:
    """A form gives a name for paper only where it differs from the one on the screen."""
    fields = [field for kind in forms.kinds() for field in forms.form(kind).fields()]
    assert [field.label for field in fields if field.print == field.label] == []
    assert sum(1 for field in fields if field.print) > 100


# -- a person of whom everything is written


def value(field: FormField, number: int) -> Value:
    """Something plain for a field."""
    if field.type == "choice":
        return list(field.options or {})[number % len(field.options or {})]
    return TYPED.get(field.type, f"Words {number}")


def filled(laptop: Session, kind: str, person: Record, under: Record | None, number: int) -> None:
    """A record with all its fields filled in, and one of each kind that it holds."""
    form = forms.form(kind)
    new = (
        record_lists.new(laptop, kind, person.record_id)
        if form.many
        else record_lists.single(laptop, kind, person.record_id)
    )
    values: dict[str, Value] = dict(record_lists.parent_link(under, kind)) if under else {}
    for field in form.fields():
        for name in field.names():
            if field.type != "link":
                values[name] = "yes" if field.type == "ticks" else value(field, number)
    made = editing.save(laptop, new, {**values, **({"done": "yes"} if form.mark else {})})
    for held in form.holds:
        filled(laptop, held, person, made, number)


@pytest.fixture
def papers(laptop: Session) -> list[Document]:
    """Papers of somebody of whom everything is written three times, with each choice: own, full, agreed, changed."""
    person = somebody(laptop, communication="Words", date_of_birth="1961-03-27", nhs_number="9990000018")
    fields = {field.name: "Words" for field in forms.form("local").fields()}
    editing.save(laptop, record_lists.single(laptop, "local", None), dict(fields))
    top = [kind for kind in PRINTED if not forms.form(kind).under and kind != "person"]
    for number in range(3):
        for kind in (*top, "must_know"):
            filled(laptop, kind, person, None, number)
    drafts = [plan_document.plan(laptop, person.record_id, full=full) for full in (False, True)]
    begun = plan_versions.version_being_agreed(laptop, person.record_id)
    begun = editing.save(laptop, begun, {"agreed_by": "Rhys Price", "agreed_on": "2026-11-20"})
    version = plan_versions.agree(laptop, person.record_id, begun)
    record_lists.remove(laptop, record_lists.of(laptop, "need", person.record_id)[0])
    filled(laptop, "strength", person, None, 4)
    changed = [plan_document.plan(laptop, person.record_id, full=full) for full in (False, True)]
    return [*drafts, plan_document.plan(laptop, person.record_id, version=version), *changed]


def test_a_paper_with_everything_on_it_asks_nothing_and_says_i(papers: list[Document]) -> None:
    """Draft, agreed version and marked changes, for the person and for professionals, in every layout and as text."""
    wanted = (
        "Relationship to me: Wife, husband or partner",
        "What I hope for",
        "Agreed by: Me, or someone acting for me",
    )
    written = [text.write(paper, 200) for paper in papers]
    assert [words for words in wanted if words not in written[0]] == []
    for words in written:
        assert [line for line in words.split("\n") if "?" in line or ABOUT_THEM.search(line)] == []
    for paper in papers:
        for layout in Layout:
            page = "".join(read_html(html.write(paper, layout)).words)
            assert "?" not in page
            assert not ABOUT_THEM.search(page)
    for layout in Layout:
        assert "?" not in read_pdf(pdf.write(papers[1], layout))


def test_what_staff_keep_account_of_is_on_the_copy_for_professionals_only(papers: list[Document]) -> None:
    """Whether a carer was offered an assessment is no part of the person's plan; what happens without the carer is."""
    own, full = (text.write(paper) for paper in papers[:2])
    assert ("Carer's assessment" in own, "Carer's assessment" in full) == (False, True)
    assert "The council was told on" not in own
    assert "What happens if they cannot be there: Words" in own
