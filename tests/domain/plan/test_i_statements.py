"""Answers and what follows from them."""

from dataclasses import replace

from phb_tui.domain.plan.follow_ups import FOLLOW_UPS, follow_up, rule_for
from phb_tui.domain.plan.i_statements import is_answered
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Authorship, Change, Record

STAMP = Authorship("t", "d", "n", "now")
RULE = FOLLOW_UPS[0]
ANSWER = Record("t", "answer", "a", "p", {"statement": "S2-I3", "would_help": "A quiet room"})


def none_yet(answer: Record) -> Record:
    return Record(answer.team_id, "task", record_ids.follow_up_id(answer.record_id), answer.person_id, {})


def after(change: Change | None, record: Record) -> Record:
    return replace(record, fields={**record.fields, **change.fields}) if change else record


def test_what_would_make_it_true_becomes_a_task() -> None:
    """The words become the task's words."""
    change = follow_up(RULE, ANSWER, none_yet(ANSWER), "", STAMP)
    assert change
    assert (change.fields["what"], change.fields["statement"]) == ("A quiet room", "S2-I3")


def test_the_task_follows_while_nobody_reworded_it() -> None:
    """Changing the words changes the task that was made from them."""
    task = after(follow_up(RULE, ANSWER, none_yet(ANSWER), "", STAMP), none_yet(ANSWER))
    later = replace(ANSWER, fields={**ANSWER.fields, "would_help": "A quiet room and time"})
    change = follow_up(RULE, later, task, "", STAMP)
    assert change
    assert change.fields["what"] == "A quiet room and time"


def test_a_reworded_task_is_left_alone() -> None:
    """A task somebody reworded keeps its words."""
    task = after(follow_up(RULE, ANSWER, none_yet(ANSWER), "", STAMP), none_yet(ANSWER))
    own = replace(task, fields={**task.fields, "what": "Book the library room"})
    later = replace(ANSWER, fields={**ANSWER.fields, "would_help": "Something else"})
    assert follow_up(RULE, later, own, "", STAMP) is None


def test_taking_the_words_away_takes_the_task_off_the_list() -> None:
    """A task made from words that are gone is off the list, and can come back."""
    task = after(follow_up(RULE, ANSWER, none_yet(ANSWER), "", STAMP), none_yet(ANSWER))
    empty = replace(ANSWER, fields={**ANSWER.fields, "would_help": ""})
    gone = after(follow_up(RULE, empty, task, "", STAMP), task)
    assert gone.text("removed") == "yes"
    back = after(follow_up(RULE, ANSWER, gone, "", STAMP), gone)
    assert (back.text("removed"), back.text("what")) == ("", "A quiet room")


def test_nothing_follows_from_nothing() -> None:
    """An answer without "what would make it true" makes no task."""
    answer = Record("t", "answer", "a", "p", {"answer": "yes"})
    assert follow_up(RULE, answer, none_yet(answer), "", STAMP) is None


def test_not_asked_today_is_not_an_answer() -> None:
    """Not asked today never counts, unless something was said."""
    assert not is_answered(Record("t", "answer", "a", "p", {"answer": "not_asked"}))
    assert is_answered(Record("t", "answer", "a", "p", {"answer": "not_asked", "words": "Later"}))
    assert is_answered(Record("t", "answer", "a", "p", {"answer": "rather_not_say"}))


def test_two_laptops_name_the_same_answer_alike() -> None:
    """The same statement at the same visit is one record wherever it is first answered."""
    assert record_ids.answer_id("v", "S1-I1") == record_ids.answer_id("v", "S1-I1")
    assert (
        len(
            {record_ids.answer_id("v", "S1-I1"), record_ids.answer_id("v", "S1-I2"), record_ids.answer_id("w", "S1-I1")}
        )
        == 3
    )


def test_a_date_to_come_back_becomes_a_task_with_that_date() -> None:
    """Time to think makes a task that moves with its date until somebody moves the task itself."""
    rule = rule_for("money_choice")
    assert rule
    choice = Record("t", "money_choice", "m", "p", {"come_back": "2026-12-07"})
    task = after(follow_up(rule, choice, none_yet(choice), "Come back", STAMP), none_yet(choice))
    assert (task.text("what"), task.text("by_when")) == ("Come back", "2026-12-07")
    later = replace(choice, fields={"come_back": "2026-12-14"})
    moved = after(follow_up(rule, later, task, "Come back", STAMP), task)
    assert moved.text("by_when") == "2026-12-14"
    own = replace(moved, fields={**moved.fields, "by_when": "2027-01-04"})
    assert follow_up(rule, choice, own, "Come back", STAMP) is None
