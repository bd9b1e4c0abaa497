"""The plan's summary of a budget: its amounts in an order that nobody takes for a column of sums."""

import pytest

from phb_tui.documents import text
from phb_tui.services.documents import plan_document
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.screens.screen_harness import somebody
from tests.services.decision.samples import kept_version


@pytest.mark.parametrize(
    ("held", "words"),
    [("person", "Of that, put by for emergencies"), ("nhs", "Besides, kept by the NHS for emergencies")],
)
def test_what_is_put_by_is_said_to_be_in_the_total_or_beside_it(session: Session, held: str, words: str) -> None:
    """First the year, then what of it is put by or what the NHS keeps besides, then the average week; no sum line."""
    person_id = somebody(session).record_id
    records = examples.b()
    kept_version(session, person_id, records._replace(budget={**records.budget, "contingency_held": held}))
    paper = text.write(plan_document.plan(session, person_id), 100)
    rows = paper[paper.index("How much there is") :].splitlines()[2:5]
    assert [row.split("  ")[0] for row in rows] == ["The first year, all together", words, "Every week, on average"]
    assert [row.split()[-1] for row in rows][1:] == ["£3,275.52", "£818.88"]
