"""Whose words a plan prints: the person's own as theirs, notes of staff as notes, and none of a carer's own."""

from phb_tui.content import forms
from phb_tui.documents import text
from phb_tui.documents.model import Document, Heading, Said
from phb_tui.domain.records.changes import Record
from phb_tui.services.documents import plan_document
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.screen_harness import somebody


def add(session: Session, person: Record, kind: str, **values: str) -> None:
    """Keep a record of a kind."""
    editing.save(session, record_lists.new(session, kind, person.record_id), {**values})


def quoted(paper: Document) -> set[str]:
    """What is printed as somebody's own words."""
    return {block.words for block in (*paper.front, *paper.blocks) if isinstance(block, Said)}


def test_only_what_the_person_said_is_printed_as_said(laptop: Session) -> None:
    """What staff wrote about the person has no quote marks; what the person says is important has them."""
    person = somebody(laptop)
    editing.save(laptop, person, {"communication": "Speaks slowly. Sees badly."})
    add(laptop, person, "support", what="Garden", when_it_suits="She is tired in the mornings")
    editing.save(laptop, record_lists.single(laptop, "about_me", person.record_id), {"important_to_me": "My garden"})
    for full in (False, True):
        paper = plan_document.plan(laptop, person.record_id, full=full)
        assert quoted(paper) == {"My garden"}
        assert "Speaks slowly. Sees badly." in text.write(paper)


def test_a_question_about_the_person_is_answered_in_no_words_of_theirs() -> None:
    """A field that is printed as the person's words asks them, and not staff about "the person"."""
    said = {
        f"{kind}.{field.name}": field.label
        for kind in forms.kinds()
        for field in forms.form(kind).fields()
        if field.said
    }
    assert len(said) > 20
    assert {name for name, label in said.items() if "the person" in label} <= {
        "information.back",  # their own words, as they were said back
        "answer.words",
    }


def test_what_a_carer_says_of_themselves_is_not_in_the_plan(laptop: Session) -> None:
    """Whether a carer is willing and able to go on is for staff, and in no copy that the person gets."""
    person = somebody(laptop)
    add(laptop, person, "contact", name="Rhys", is_carer="yes", carer_does="Evenings", carer_willing="Worn out")
    words = text.write(plan_document.plan(laptop, person.record_id))
    assert "Evenings" in words
    assert "Worn out" not in words
    assert forms.is_for_staff("contact", "carer_willing")


def test_each_heading_of_a_plan_stands_once(laptop: Session) -> None:
    """The first page, the chapters and a plan without a name are called each something else."""
    person = somebody(laptop)
    editing.save(laptop, person, {"communication": "Speaks slowly"})
    add(laptop, person, "accessible_need", need="Large print", whose="person")
    add(laptop, person, "contingency", triggers="Blue lips", response="Oxygen")
    paper = plan_document.plan(laptop, person.record_id)
    titles = [block.words for block in (*paper.front, *paper.blocks) if isinstance(block, Heading)]
    assert "If something goes wrong" in titles
    assert len(titles) == len(set(titles))
