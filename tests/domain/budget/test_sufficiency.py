"""Each need is covered, met otherwise or not met yet, and lines for no need are named (rule R18)."""

import pytest

from phb_tui.domain.budget.sufficiency import EMPLOYING, NeedMet, Plan, Standing, sufficiency
from phb_tui.domain.records.changes import Record


def record(kind: str, name: str, /, **fields: str) -> Record:
    """A record of a person."""
    return Record("team", kind, name, "person", fields)


GARDEN = record("goal", "garden", need_id="outside")
SISTER = record("contact", "sister", name="Bea Invented", is_carer="yes")
ASKED = record("contact", "sister", name="Bea Invented", is_carer="yes", carer_willing="Yes, until the summer.")


def met(plan: Plan, *lines: Record, counting: set[str] | None = None, elsewhere: tuple[Record, ...] = ()) -> NeedMet:
    """How the only need stands."""
    ids = {line.record_id for line in lines} if counting is None else counting
    (found,) = sufficiency(plan, lines, ids, elsewhere).needs
    return found


def plan(*supports: Record, carer: Record | None = None, **need: str) -> Plan:
    """A plan with one need and one goal of it."""
    return Plan([record("need", "outside", **need)], [GARDEN], supports, [carer] if carer else [])


def test_a_line_that_names_the_need_or_a_goal_of_it_covers_it() -> None:
    """A line is for a need by either link; one that cannot be worked out yet, or another need's, covers nothing."""
    for links in ({"need_id": "outside"}, {"goal_id": "garden"}, {"need_id": "gone", "goal_id": "garden"}):
        line = record("shift", "mornings", **links)
        assert met(plan(), line) == NeedMet(plan().needs[0], Standing.COVERED, (line,))
        assert met(plan(), line, counting=set()).standing is Standing.NOTHING
    assert met(plan(), record("cost", "swim", need_id="inside")).standing is Standing.NOTHING


@pytest.mark.parametrize(
    ("how", "standing"),
    [("commissioned", Standing.OTHERWISE), ("not_now", Standing.OTHERWISE), ("budget", Standing.NOTHING),
     ("unpaid", Standing.NOTHING), ("", Standing.NOTHING), ("later", Standing.NOTHING)],
)  # fmt: skip
def test_a_need_can_be_met_outside_the_budget(how: str, standing: Standing) -> None:
    """A service that is arranged, or "not now", is an answer; "by the budget" without a line is none."""
    assert met(plan(met=how)).standing is standing
    assert met(plan(met=how), record("cost", "swim", need_id="outside")).standing is Standing.COVERED


def test_unpaid_support_counts_only_when_the_carer_was_asked() -> None:
    """What a carer does meets a need once it is written whether they are willing to go on; else they are named."""
    unpaid = record("support", "walks", goal_id="garden", kind="unpaid", provider="Bea Invented, on Sundays")
    assert met(plan(unpaid, carer=ASKED)).supports == (unpaid,)
    not_yet = met(plan(unpaid, carer=SISTER))
    assert (not_yet.standing, not_yet.to_ask) == (Standing.NOTHING, (SISTER,))
    assert met(plan(unpaid)).standing is Standing.NOTHING
    paid = record("support", "walks", goal_id="garden", kind="pa", provider="Bea Invented")
    assert met(plan(paid, carer=ASKED)).standing is Standing.NOTHING
    assert met(plan(met="unpaid", carer=ASKED)).standing is Standing.OTHERWISE
    assert met(plan(met="unpaid", carer=SISTER)).to_ask == (SISTER,)


def test_unpaid_support_rests_on_who_is_named() -> None:
    """Where a carer is named only they have to be asked; where nobody is named all carers have."""
    brother = record("contact", "brother", name="Cal Invented", is_carer="yes")
    contacts = [ASKED, brother]
    for words, standing in (
        ("Bea Invented", Standing.OTHERWISE), ("cal invented", Standing.NOTHING), ("family", Standing.NOTHING),
    ):  # fmt: skip
        one = Plan([record("need", "outside", met="unpaid", met_words=words)], contacts=contacts)
        assert met(one).standing is standing


def test_another_budget_of_the_person_can_meet_a_need() -> None:
    """A one-off budget is not stopped by needs that the ongoing one pays for."""
    other = record("shift", "mornings", goal_id="garden")
    found = met(plan(), elsewhere=(other,))
    assert (found.standing, found.how) == (Standing.OTHERWISE, "other_budget")


def test_lines_for_no_need_are_named_but_not_what_comes_with_employing() -> None:
    """A line whose need is gone, or that names none, is for no need; payroll and the like never are."""
    lines = [
        record("shift", "mornings"), record("shift", "evenings", goal_id="garden"),
        record("cost", "swim", kind="activity", need_id="taken off"), record("cost", "chair", kind=""),
        *(record("cost", kind, kind=kind) for kind in EMPLOYING),
    ]  # fmt: skip
    found = sufficiency(plan(), lines, set())
    assert [line.record_id for line in found.orphans] == ["mornings", "swim", "chair"]
    assert len(found.not_covered) == 1
