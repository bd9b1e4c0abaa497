"""Whatever stands in a file of budgets, it is answered or refused with a sentence."""

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phb_tui.domain.budget.reading import line_records
from phb_tui.errors import BudgetFileProblem
from phb_tui.services.budget import work_out
from tests import counts

NAMES = [
    "id", "start_date", "end_date", "management", "health", "social", "contingency_weeks", "allowance_used",
    "term_dates", "replaces_id", "worker_id", "age", "turns_on", "employed_as", "rate", "sort", "premium",
    "bank_holidays", "bank_hours", "weeks", "average", "from_date", "to_date", "price", "many", "often", "percent",
    "kind", "contribution", "stream", "pay_every", "fortnights_from", *line_records.WEEK, "weekly",
]  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(["2026-12-07", "2027-12-05", "9999-12-31", "0001-01-01", "w", "premium", "live_in", "term", "week",
                     "training_time", "29 2 2028", "7", "168", "12.07", "", "9" * 5000, "1e999", "\x1b[2J", "\ud800",
                     "first_fortnight", "month", "2026/27 1", "4 1 2027 - 12 2 2027"]),
    st.text(max_size=8), st.integers(), st.none(), st.booleans(), st.lists(st.text(max_size=5), max_size=2),
)  # fmt: skip
RECORD = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=14)
JUNK = st.recursive(VALUES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner))
INPUT = st.fixed_dictionaries(
    {"budget": RECORD | JUNK},
    optional={name: st.lists(RECORD, max_size=3) | JUNK for name in (*work_out.LISTS, "policy")},
)


@settings(
    max_examples=2_000 if counts.STEP == 1 else 150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(given=INPUT | st.lists(INPUT, max_size=2) | JUNK)
def test_any_input_is_answered_or_refused(given: Any, tmp_path: Path) -> None:
    """The answer is JSON that another program can read, or a sentence says what is wrong; nothing else is raised."""
    file = tmp_path / "any.json"
    file.write_text(json.dumps(given), "utf-8")
    try:
        text, refused = work_out.answer(file), ""
    except BudgetFileProblem as problem:
        text, refused = "[]", problem.sentence
    assert refused.endswith(".") == (text == "[]" and given != [])
    found = json.loads(text)
    for each in found if isinstance(found, list) else [found]:
        assert all(type(line["pence"]) is int for line in each["lines"])
