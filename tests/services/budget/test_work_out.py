"""The command that works out a file of budgets: whole pence in, whole pence out, and a sentence for nonsense."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from phb_tui.errors import BudgetFileProblem
from phb_tui.services.budget import work_out
from tests.domain.budget import examples

B: dict[str, Any] = {
    "budget": {**examples.b().budget, "contingency_weeks": 4},
    "workers": examples.b().workers,
    "shifts": examples.b().shifts,
    "costs": examples.b().costs,
    "policy": None,
}


def written(tmp_path: Path, given: object) -> Path:
    """A file that holds it."""
    file = tmp_path / "budget.json"
    file.write_text(given if isinstance(given, str) else json.dumps(given), "utf-8")
    return file


def command(file: Path) -> "subprocess.CompletedProcess[bytes]":
    """What the command says, without a terminal."""
    return subprocess.run([sys.executable, "-m", "phb_tui", "work-out", str(file)], capture_output=True, check=False)


def test_the_command_needs_no_terminal_and_no_store(tmp_path: Path) -> None:
    """One budget is answered by one result, a list by a list; what is said in the result is UTF-8."""
    said = command(written(tmp_path, [B, {"budget": {"start_date": "2026-12-07", "end_date": "2026-12-06"}}]))
    assert (said.returncode, said.stderr) == (0, b"")
    first, second = json.loads(said.stdout)
    assert first["totals"]["first"] == 4613246
    assert first["instalments"][0] == {"number": 1, "due_on": "2026-12-07", "pence": 327554}
    assert first["payments"][0] == {"what": "start_up", "due_on": "2026-12-07", "pence": 27516}
    assert second["lines"] == []
    assert second["problems"] == [
        {"id": "budget", "field": "end_date", "say": "The budget ends before it starts. Look at both dates."}
    ]


def test_figures_of_json_are_read_as_they_are_written(tmp_path: Path) -> None:
    """A number is the text that stands there: 0.07 is seven pence, exactly, and 1e3 is a problem and not a thousand."""
    costs = [{"id": "a", "price": 0.07, "many": 3}, {"id": "b", "price": "£1,000.10"}]
    text = json.dumps({"budget": {"start_date": "2026-12-07", "end_date": "2027-12-05"}, "costs": costs})
    found = json.loads(work_out.answer(written(tmp_path, text.replace('"b", ', '"c", "price": 1e3}, {"id": "b", '))))
    assert [(line["id"], line["pence"]) for line in found["lines"]] == [("a", 21), ("b", 100010)]
    assert [(each["id"], each["field"]) for each in found["problems"]] == [("c", "price")]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("{", "The file is no JSON. Look at line 1."),
        ("[" * 100_000, "The file is no JSON."),
        ("7", "The input is no JSON object with names and values."),
        ([{"budget": {}}, 7], "Budget 2 is no JSON object with names and values."),
        ({"workers": []}, "Budget is no JSON object with names and values."),
        ({"budget": {}, "shifts": {}}, "Shifts is no list."),
        ({"budget": {}, "shifts": [{"rate": "1"}]}, "Shifts 1 has no id."),
        ({"budget": {}, "costs": [{"id": "a"}, {"id": "a"}]}, "Costs 2 has the id of another one."),
        ({"budget": {}, "costs": [{"id": "a", "price": True}]}, "Costs 1, price: write text or a number here."),
        ({"budget": {"term_dates": [7.5, []]}}, "Budget, term_dates: write text or a number here."),
        ({"budget": {}, "policy": []}, "Policy is no JSON object with names and values."),
        ({"budget": {"name": "x" * 100_001}}, "Budget, name is too long."),
    ],
)
def test_nonsense_gets_a_sentence_that_names_the_entry(given: object, sentence: str, tmp_path: Path) -> None:
    """Whatever stands in the file, the command ends with a sentence or an answer, never with a traceback."""
    with pytest.raises(BudgetFileProblem) as found:
        work_out.answer(written(tmp_path, given))
    assert found.value.sentence.startswith(sentence)


@pytest.mark.parametrize("data", [None, b"\xff\xfe\x00", b'{"budget": {"name": "\x1b[2J"}}'])
def test_the_command_ends_with_code_2(data: bytes | None, tmp_path: Path) -> None:
    """A file that is not there, no text, or hostile: one sentence on standard error without control characters."""
    file = tmp_path / "budget.json"
    if data is not None:
        file.write_bytes(data)
    said = command(file)
    assert (said.returncode, said.stdout) == (2, b"")
    assert b"Traceback" not in said.stderr
    assert b"\x1b" not in said.stderr
    assert said.stderr.decode().strip().endswith(".")


def test_the_example_of_the_page_comes_out_as_the_page_says(tmp_path: Path) -> None:
    """What docs/budget-json.md gives as its example is worked out to the amounts it names, and names every part."""
    page = Path("docs/budget-json.md").read_text("utf-8")
    found = json.loads(work_out.answer(written(tmp_path, page.partition("```json")[2].partition("```")[0])))
    assert (found["totals"]["first"], found["totals"]["weekly"]) == (4613246, 81888)
    names = {*found, *found["lines"][0], *found["totals"], *found["instalments"][0], *found["payments"][0]}
    assert {name for name in names if f"`{name}`" not in page} == set()
