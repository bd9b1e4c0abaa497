"""What a decision copies of how to ask again."""

from datetime import date

from phb_tui.domain.decision.ask_again import copied
from phb_tui.domain.decision.authority import PASSING_ON
from phb_tui.domain.decision.limits import read_limits

LOCAL = {"appeal": "Ring us. ", "complaint": "Write to us.", "advocacy": "", "contact": "01234"}
DAY = date(2026, 12, 7)


def test_the_last_day_is_copied_with_what_the_team_says() -> None:
    """The days are the policy's, from the day of the decision on; what the team did not write is left out."""
    told = copied(LOCAL, read_limits({"appeal_days": "28"}), DAY, "declined")
    assert told == {"appeal": "Ring us.\nYou can ask until Monday 4 January 2027.", "complaint": "Write to us."}
    assert copied({}, read_limits({"appeal_days": 28}), DAY, "declined") == {
        "appeal": "You can ask until Monday 4 January 2027."
    }


def test_without_days_in_the_policy_only_the_teams_words_are_copied() -> None:
    """A policy without such days, or with something else there, names no day."""
    for days in (None, "soon", -1, 10**9, True, [28]):
        policy = {"name": "Invented"} | ({} if days is None else {"appeal_days": days})
        assert copied(LOCAL, read_limits(policy), DAY, "declined") == {
            "appeal": "Ring us.",
            "complaint": "Write to us.",
        }
    assert copied({}, read_limits({"appeal_days": 9_000}), date.max, "declined") == {}


def test_while_nothing_is_decided_nothing_says_how_to_have_it_looked_at_again() -> None:
    """One that is put off or passed on names no day and no way to ask again; how to complain is copied all the same."""
    for outcome in PASSING_ON:
        assert copied(LOCAL, read_limits({"appeal_days": "28"}), DAY, outcome) == {"complaint": "Write to us."}
