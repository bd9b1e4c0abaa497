"""Answers and what follows from them."""

from dataclasses import replace

from phb_tui.domain import ids
from phb_tui.domain.changes import Change, Record, Stamp
from phb_tui.domain.statements import follow_up, is_answered

STAMP = Stamp("t", "d", "n", "now")
ANSWER = Record("t", "answer", "a", "p", {"statement": "S2-I3", "would_help": "A quiet room"})


def none_yet(answer: Record) -> Record:
    return Record(answer.team_id, "action", ids.follow_up_id(answer.record_id), answer.person_id, {})


def after(change: Change | None, record: Record) -> Record:
    return replace(record, fields={**record.fields, **change.fields}) if change else record


def test_what_would_make_it_true_becomes_an_action() -> None:
    """The words become the action's words."""
    change = follow_up(ANSWER, none_yet(ANSWER), STAMP)
    assert change
    assert (change.fields["what"], change.fields["statement"]) == ("A quiet room", "S2-I3")


def test_the_action_follows_while_nobody_reworded_it() -> None:
    """Changing the words changes the action that was made from them."""
    action = after(follow_up(ANSWER, none_yet(ANSWER), STAMP), none_yet(ANSWER))
    later = replace(ANSWER, fields={**ANSWER.fields, "would_help": "A quiet room and time"})
    change = follow_up(later, action, STAMP)
    assert change
    assert change.fields["what"] == "A quiet room and time"


def test_a_reworded_action_is_left_alone() -> None:
    """An action somebody reworded keeps its words."""
    action = after(follow_up(ANSWER, none_yet(ANSWER), STAMP), none_yet(ANSWER))
    own = replace(action, fields={**action.fields, "what": "Book the library room"})
    later = replace(ANSWER, fields={**ANSWER.fields, "would_help": "Something else"})
    assert follow_up(later, own, STAMP) is None


def test_taking_the_words_away_takes_the_action_off_the_list() -> None:
    """An action made from words that are gone is off the list, and can come back."""
    action = after(follow_up(ANSWER, none_yet(ANSWER), STAMP), none_yet(ANSWER))
    empty = replace(ANSWER, fields={**ANSWER.fields, "would_help": ""})
    gone = after(follow_up(empty, action, STAMP), action)
    assert gone.text("removed") == "yes"
    back = after(follow_up(ANSWER, gone, STAMP), gone)
    assert (back.text("removed"), back.text("what")) == ("", "A quiet room")


def test_nothing_follows_from_nothing() -> None:
    """An answer without "what would make it true" makes no action."""
    answer = Record("t", "answer", "a", "p", {"answer": "yes"})
    assert follow_up(answer, none_yet(answer), STAMP) is None


def test_not_asked_today_is_not_an_answer() -> None:
    """Not asked today never counts, unless something was said."""
    assert not is_answered(Record("t", "answer", "a", "p", {"answer": "not_asked"}))
    assert is_answered(Record("t", "answer", "a", "p", {"answer": "not_asked", "words": "Later"}))
    assert is_answered(Record("t", "answer", "a", "p", {"answer": "rather_not_say"}))


def test_two_laptops_name_the_same_answer_alike() -> None:
    """The same statement at the same visit is one record wherever it is first answered."""
    assert ids.answer_id("v", "S1-I1") == ids.answer_id("v", "S1-I1")
    assert len({ids.answer_id("v", "S1-I1"), ids.answer_id("v", "S1-I2"), ids.answer_id("w", "S1-I1")}) == 3
