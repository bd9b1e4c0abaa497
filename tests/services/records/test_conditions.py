"""Which pages and fields of a form are asked for a record."""

import pytest

from phb_tui.content import forms
from phb_tui.domain.records.changes import Record
from phb_tui.services.records import conditions, editing, record_lists
from phb_tui.services.session import Session


def kept(session: Session, kind: str, **values: str) -> Record:
    """A record of somebody."""
    return editing.save(session, record_lists.new(session, kind, "person-1"), values)


def asked(session: Session, record: Record, **context: str) -> set[str]:
    """The names of the fields that are asked."""
    pages = [p for p in forms.form(record.kind).pages if conditions.is_page_asked(session, record, p, context)]
    fields = [field for page in pages for field in page.fields]
    return {field.name for field in fields if conditions.is_field_asked(session, record, field, context)}


@pytest.mark.parametrize(
    ("values", "there"),
    [
        ({"name": "Maria", "age": "18_20"}, True),
        ({"name": "Maria", "age": "22_plus"}, False),
        ({"name": "Maria"}, False),
        ({"name": "Maria", "age": "22_plus", "turns_on": "2027-06-14"}, True),
        ({"name": "Maria", "employed_as": "agency"}, False),
    ],
)
def test_a_field_is_asked_when_another_says_so_or_when_it_is_filled_in(
    laptop: Session, values: dict[str, str], *, there: bool
) -> None:
    """A birthday is asked of employed workers of some ages; one that stands there is always shown."""
    assert ("turns_on" in asked(laptop, kept(laptop, "worker", **values))) is there


def test_an_empty_choice_counts_as_its_first_answer(laptop: Session) -> None:
    """How somebody works is "employed" until something else is chosen, and so is their age asked."""
    assert "age" in asked(laptop, kept(laptop, "worker", name="Maria"))
    assert "age" not in asked(laptop, kept(laptop, "worker", name="Maria", employed_as="agency"))


def test_a_condition_can_look_at_the_record_above(laptop: Session) -> None:
    """Only costs of a wheelchair budget ask for a contribution, also before the first field of the cost is kept."""
    for nature, there in (("wheelchair", True), ("one_off", False)):
        budget = kept(laptop, "budget", name="Chair", nature=nature)
        new = record_lists.new(laptop, "cost", "person-1")
        assert ("contribution" in asked(laptop, new, budget_id=budget.record_id)) is there
        assert ("contribution" in asked(laptop, kept(laptop, "cost", budget_id=budget.record_id))) is there
    assert "contribution" not in asked(laptop, record_lists.new(laptop, "cost", "person-1"))


def test_conditions_of_all_forms_name_fields_and_answers_that_there_are() -> None:
    """A condition on what does not exist would hide a field for ever."""
    for kind in forms.kinds():
        made = forms.form(kind)
        pages = [page.when for page in made.pages]
        for when in (*pages, *(field.when for field in made.fields())):
            if when is None:
                continue
            field = forms.field(when.kind, when.field)
            assert field is not None or when.field in forms.form(when.kind).labels, (kind, when)
            assert when.kind in {kind, made.under} or forms.form(when.kind).single, (kind, when)
            if field is not None and field.type == "choice":
                assert set(when.values) <= set(field.options or {}), (kind, when)
