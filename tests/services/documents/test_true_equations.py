"""The equations that are shown and printed about a budget are true."""

import pytest

from phb_tui.documents import text
from phb_tui.services.budget.shown import overview, working_text
from phb_tui.services.documents import budget_document
from phb_tui.services.session import Session
from tests.budget.equations import equations, false_ones
from tests.domain.budget import examples
from tests.screens.screen_harness import somebody
from tests.services.budget.kept_budgets import keep

WIDE = 1000
"""Columns of a page on which no sentence is wrapped."""
EXAMPLES = {name: getattr(examples, name) for name in ("a", "b", "c", "e", "f", "h")}


@pytest.mark.parametrize("name", EXAMPLES)
def test_sums_of_a_budget_come_to_what_they_say(laptop: Session, name: str) -> None:
    """How it was worked out, and the printed statement, hold no equation that a calculator contradicts."""
    person_id = somebody(laptop).record_id
    budget = keep(laptop, person_id, EXAMPLES[name]())
    working = text.write(working_text.document(overview.read(laptop, budget), "Annie", hides=False), WIDE)
    printed = text.write(budget_document.budget_statement(laptop, person_id, budget.record_id), WIDE)
    for words in (working, printed):
        assert list(equations(words))
        assert false_ones(words) == []
