"""A kept version holds all that is needed to work it out again, and nothing of who anybody is."""

import json
from typing import Any

import pytest

from phb_tui.content import rates
from phb_tui.domain.budget import version_content, work
from phb_tui.domain.budget.inputs import Policy
from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.budget.work import Worked
from phb_tui.domain.records.changes import Value, canonical
from tests.budget.random_budgets import budget
from tests.domain.budget import examples

EXAMPLES = (examples.a(), examples.b(), examples.c(), examples.e(), examples.f(), examples.h())


def worked(records: Records) -> Worked:
    """A budget with the shipped rates and no policy."""
    return work.work(records, rates.shipped(), Policy())


def random_records(seed: int) -> Records:
    """A random budget as the text of its records' fields."""
    given = json.loads(json.dumps(budget(seed)), parse_float=str, parse_int=str)

    def texts(fields: dict[str, Any]) -> dict[str, str]:
        return {name: "\n".join(v) if isinstance(v, list) else v or "" for name, v in fields.items()}

    lists = ([texts(each) for each in given[name]] for name in ("workers", "shifts", "costs"))
    return Records({"id": "budget", **texts(given["budget"])}, *lists)


def kept(records: Records) -> dict[str, Value]:
    """The fields of a version."""
    return version_content.content(records, worked(records))


@pytest.mark.parametrize("seed", range(30))
def test_inputs_give_the_same_budget_again(seed: int) -> None:
    """Whatever the rules read of the records is in the inputs: lines, totals and problems come out the same."""
    records = random_records(seed)
    again = version_content.read_inputs(version_content.inputs(records))
    assert again is not None
    ours, theirs = worked(records), worked(again)
    assert version_content.differences(kept(records), kept(again)) == ()
    cut_nothing = {(worker["id"], name) for worker in records.workers for name in ("start_date", "end_date")}
    named, read = ([(p.id, p.field) for p in found.problems] for found in (ours, theirs))
    assert [each for each in named if each not in cut_nothing] == read
    assert (ours.instalments, ours.payments) == (theirs.instalments, theirs.payments)


def test_a_worker_whom_no_line_names_is_left_out_and_changes_no_line() -> None:
    """Somebody of another budget is no input of this one."""
    records = examples.b()
    more = records._replace(workers=[*records.workers, {"id": "other", "age": "18_20"}])
    fewer = version_content.without_strangers(more)
    assert [texts["id"] for texts in fewer.workers] == ["pa1", "pa2"]
    assert kept(fewer) == kept(records)


def test_fortnights_that_go_on_counting_are_among_the_inputs() -> None:
    """A budget that takes another's place counts fortnights from the first one's start, also when it is kept."""
    given = examples.b()
    shifts = [{**texts, "weeks": "first_fortnight"} for texts in given.shifts]
    moved = {**given.budget, "fortnights_from": "2026-11-30"}
    records, from_its_own = given._replace(budget=moved, shifts=shifts), given._replace(shifts=shifts)
    again = version_content.read_inputs(version_content.inputs(records))
    assert again is not None
    assert version_content.differences(kept(records), kept(again)) == ()
    assert version_content.differences(kept(from_its_own), kept(again))


def test_inputs_have_no_names_and_no_notes() -> None:
    """What people are called, and what was written about them, is not sent to be worked out again."""
    told = {"name": "Maria Invented", "what": "Maria comes", "note": "Maria likes tea", "provider": "Maria's agency"}
    records = examples.b()
    lists = ([{**texts, **told} for texts in each] for each in (records.workers, records.shifts, records.costs))
    text = version_content.inputs(Records({**records.budget, **told, "enough_words": "Maria is kind"}, *lists))
    assert "Maria" not in text
    assert '"age":"18_20"' in text


def test_a_line_says_which_need_and_goal_it_is_for() -> None:
    """Pay and what bank holidays cost more are for the need of their shift; what employing costs is for none."""
    records = examples.b()
    shifts = [{**texts, "need_id": f"need of {texts['id']}", "goal_id": "goal"} for texts in records.shifts]
    found = {line.id: line for line in version_content.lines(records._replace(shifts=shifts), worked(records))}
    assert found["s1 2026/27"].need == found["s1 bank 2026/27"].need == "need of s1"
    assert found["s1 2026/27"].goal == "goal"
    assert {found[name].need for name in ("pa1 ni 2026/27", "pa1 ssp", "allowance 2026/27", "dbs")} == {""}


@pytest.mark.parametrize("example", EXAMPLES)
def test_lines_are_read_as_they_were_kept(example: Records) -> None:
    """Each line comes back whole, with label and working."""
    text = str(kept(example)["lines"])
    assert version_content.read_lines(text) == tuple(version_content.lines(example, worked(example)))
    assert json.loads(text) == json.loads(text, parse_float=pytest.fail)


@pytest.mark.parametrize("name", [*version_content.COMPARED, "lines"])
def test_a_field_that_was_changed_by_hand_is_named(name: str) -> None:
    """A total, a sum or a line other than what is worked out is found."""
    again = kept(examples.b())
    assert version_content.differences({**again, name: "x"}, again) == (name,)
    assert version_content.differences({**again, name: None}, again) == ((name,) if again[name] != "" else ())


@pytest.mark.parametrize(
    ("part", "value"),
    [("pence", 1), ("pence", "766920"), ("pence", 766920.0), ("pence", True), ("id", "x"), ("nature", "one_off"),
     ("way", "notional"), ("stream", "social"), ("need", "n"), ("goal", "g"), ("provisional", True)],
)  # fmt: skip
def test_an_edited_line_is_found(part: str, value: object) -> None:
    """Each part of a line is compared but its label and its sentences."""
    again = kept(examples.b())
    lines = json.loads(str(again["lines"]))
    edited = canonical([{**lines[0], part: value}, *lines[1:]])
    assert version_content.differences({**again, "lines": edited}, again) == ("lines",)
    words = canonical([{**lines[0], "label": "x", "working": ["y"], "later": 1}, *lines[1:]])
    assert version_content.differences({**again, "lines": words}, again) == ()
    assert version_content.differences({**again, "lines": canonical(lines[1:])}, again) == ("lines",)
    assert version_content.differences({**again, "lines": canonical([*lines, lines[0]])}, again) == ("lines",)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "3", '"x"', "[" * 100_000, '{"budget":{}}', '{"budget":{"id":"b"},"workers":3}',
     '{"budget":{"id":"b"},"workers":[{"id":"w","age":3}],"shifts":[],"costs":[]}',
     '{"budget":{"id":"b"},"workers":[],"shifts":[{}],"costs":[]}',
     '{"budget":{"id":"b"},"workers":[{"id":"x"}],"shifts":[{"id":"x"}],"costs":[]}', "9" * 5_000],
)  # fmt: skip
def test_what_cannot_be_read_is_nothing(text: str) -> None:
    """A version that was made by hand or by a newer program breaks no reader."""
    assert version_content.read_inputs(text) is None
    assert version_content.read_lines(text) in {None, ()}
    assert version_content.differences({"lines": text}, kept(examples.b()))
