"""Asking for a decision: what stands against it, who decides, by when, and asking again."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial

import pytest

from phb_tui.domain.decision.authority import OUTCOMES, PASSING_ON, PAYABLE
from phb_tui.domain.records.changes import Record
from phb_tui.errors import RuleBroken
from phb_tui.services.budget import budgets
from phb_tui.services.decision import against, deciders, requests, standing, subjects
from phb_tui.services.person import reminders
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.screen_harness import log_length
from tests.services.decision.samples import (
    LEAD,
    ME,
    OTHER,
    POLICY,
    agreed_plan,
    confirm,
    decision_about,
    kept_version,
    request_for,
    set_policy,
)

SAID = {"wish": "A gym", "risk": "ordinary"}


def ready(laptop: Session, person_id: str) -> subjects.Subject:
    """A person whose budget is kept and whose plan is agreed."""
    kept_version(laptop, person_id)
    agreed_plan(laptop, person_id)
    return subjects.all_of(laptop, person_id)[0]


def begun(laptop: Session, person_id: str, **values: str) -> Record:
    """A request that is being written."""
    return editing.save(laptop, requests.begun(laptop, person_id), {**SAID, **values})


def says(laptop: Session, person_id: str, *, reminders: bool = False) -> list[str]:
    """The sentences of what stands against asking."""
    subject = next(iter(subjects.all_of(laptop, person_id)), None)
    found = against.standing_against(laptop, subject, requests.begun(laptop, person_id))
    return [stop.say for stop in found if stop.is_reminder is reminders]


def test_only_a_reminder_is_left_when_budget_and_plan_are_kept(laptop: Session, person_id: str) -> None:
    """An amount that was never told first is a thought and no stop; once a day stands there it is gone."""
    subject = ready(laptop, person_id)
    tried = {"name": "What if", "purpose": "what_if", "told_on": "2026-11-01"}
    editing.save(laptop, record_lists.new(laptop, "budget", person_id), tried)  # what is only tried out counts nowhere
    assert says(laptop, person_id) == []
    assert says(laptop, person_id, reminders=True) == [
        "Nothing says when the person was told about how much money there is."
    ]
    editing.save(laptop, subject.budget, {"told_on": "2026-11-01"})
    assert says(laptop, person_id, reminders=True) == []


def test_without_a_budget_or_a_kept_version_nothing_can_be_asked(laptop: Session, person_id: str) -> None:
    """What is missing is named, with where it is made."""
    assert says(laptop, person_id) == ["There is no budget yet. Work one out first."]
    version = kept_version(laptop, person_id, purpose="indicative")
    assert says(laptop, person_id) == [
        "No version of the budget is kept to be decided about. Keep one first.",
        "The plan is not agreed yet. Agree it first.",
    ]
    subject = subjects.all_of(laptop, person_id)[0]
    stops = against.standing_against(laptop, subject, requests.begun(laptop, person_id))
    assert [stop.place for stop in stops[:2]] == [f"keep_budget:{version.text('budget_id')}", "plan"]


def test_what_was_changed_since_has_to_be_kept_and_agreed_again(laptop: Session, person_id: str) -> None:
    """A budget or a plan that is no longer what was kept or agreed is not asked about."""
    subject = ready(laptop, person_id)
    cost = budgets.read(laptop, subject.budget).costs[0]
    changed = editing.save(laptop, cost, {"price": "480.00"})
    assert says(laptop, person_id) == ["The budget is no longer what version 1 says. Keep it as a new version first."]
    editing.save(laptop, changed, {"price": cost.text("price")})
    editing.save(laptop, record_lists.new(laptop, "need", person_id), {"words": "Getting out"})
    assert says(laptop, person_id) == ["The plan was changed since version 1 was agreed. Agree it again first."]


def test_tasks_and_what_is_done_do_not_stand_against_asking(laptop: Session, person_id: str) -> None:
    """After agreeing, set-up tasks, a done action and a next visit need no new agreement; other words of it do."""
    goal = editing.save(laptop, record_lists.new(laptop, "goal", person_id), {"words": "Go to choir"})
    link = record_lists.parent_link(goal, "action")
    action = editing.save(laptop, record_lists.new(laptop, "action", person_id), {**link, "what": "Ring the choir"})
    ready(laptop, person_id)
    assert reminders.make_tasks(laptop, person_id) > 0
    action = editing.save(laptop, action, {"status": "done"})
    person = editing.read(laptop, "person", person_id, person_id)
    editing.save(laptop, person, {"next_visit": "2026-12-01"})
    assert plan_versions.changed(laptop, person_id)
    assert says(laptop, person_id) == []
    editing.save(laptop, action, {"what": "Ring another choir"})
    assert says(laptop, person_id) == ["The plan was changed since version 1 was agreed. Agree it again first."]


def test_one_version_is_asked_about_once(laptop: Session, person_id: str) -> None:
    """While one waits there is no second, and after any answer another look is asked for from the decision."""
    subject = ready(laptop, person_id)
    assert subject.version is not None
    request = request_for(laptop, subject.version)
    assert "was asked for on 20 November 2026 and is not there yet" in says(laptop, person_id)[0]
    declined = decision_about(laptop, request, outcome="declined")
    assert says(laptop, person_id) == [
        "This version was decided about on 22 November 2026. Choose 'Ask for another look' below that decision."
    ]
    again = requests.begun(laptop, person_id, declined)
    draft = editing.save(laptop, again, {**requests.again_link(again, declined), **SAID, "evidence": "A letter"})
    asked = requests.ask(laptop, subject, draft, LEAD, declined)
    assert (asked.text("again_id"), asked.record_id != request.record_id) == (declined.record_id, True)


def test_nothing_is_asked_without_wish_risk_or_what_is_new(laptop: Session, person_id: str) -> None:
    """Each is named at its field; what is new only for another look, and nothing looked at is a warning alone."""
    subject = ready(laptop, person_id)
    about = subjects.asked(laptop, subject, "ordinary")
    assert about is not None

    def wrong(**values: str) -> list[str]:
        draft = editing.new_record(laptop, "request", person_id)
        return [name for name, _say in requests.problems(laptop, about, replace(draft, fields=values), LEAD)]

    assert wrong() == ["wish", "risk"]
    assert wrong(wish=" ", risk="ordinary") == ["wish"]
    assert wrong(**SAID) == []
    assert wrong(**SAID, again_id="that one") == ["evidence"]
    assert wrong(**SAID, again_id="that one", evidence="A letter") == []
    draft = begun(laptop, person_id)
    assert [name for name, _say in requests.warnings(draft)] == ["considered"]
    assert list(requests.warnings(editing.save(laptop, draft, {"considered:plan": "yes"}))) == []


def test_an_answer_is_proposed_for_a_working_day(laptop: Session, person_id: str) -> None:
    """A last day on a weekend or a bank holiday stays the last; the working day before it is promised where none is."""
    about = subjects.asked(laptop, ready(laptop, person_id), "ordinary")
    assert about is not None
    urgent = begun(laptop, person_id, urgent="yes")
    for today, last, day in (
        ("2026-11-26", "2026-11-28", "2026-11-27"),  # two days from Thursday: Saturday, so Friday
        ("2026-11-25", "2026-11-27", "2026-11-27"),
        ("2026-12-23", "2026-12-25", "2026-12-24"),
        ("2026-11-28", "2026-11-30", "2026-11-30"),
        ("2026-12-26", "2026-12-28", "2026-12-28"),  # a bank holiday, and no working day from today on before it
    ):
        moment = datetime.fromisoformat(f"{today}T09:00:00+00:00")
        then = replace(laptop, now=partial(datetime.astimezone, moment))
        found = requests.promised(then, about, urgent), requests.proposed(then, about, urgent)
        assert found == (date.fromisoformat(last), date.fromisoformat(day))


@pytest.mark.parametrize("outcome", sorted(OUTCOMES - PASSING_ON))
def test_every_answer_can_be_looked_at_again_and_again(laptop: Session, person_id: str, outcome: str) -> None:
    """Also after a Yes, and after the answer to another look; what was said yes to is approved meanwhile."""
    subject = ready(laptop, person_id)
    assert subject.version is not None
    request = request_for(laptop, subject.version)
    first = decision_about(laptop, request, outcome=outcome)
    confirm(laptop, subject.version, request, first)
    before = standing.approval(laptop, subject.version)
    made = [first]
    for _look in range(2):
        (there, *_older) = standing.of_person(laptop, person_id)
        assert there.may_ask_again
        again = requests.begun(laptop, person_id, made[-1])
        draft = editing.save(laptop, again, {**requests.again_link(again, made[-1]), **SAID, "evidence": "A letter"})
        asked = requests.ask(laptop, subject, draft, LEAD, made[-1])
        assert not standing.of(laptop, asked).may_ask_again
        answer = decision_about(laptop, asked, outcome="declined", decided_on="2026-11-23")
        confirm(laptop, asked, answer)
        made.append(answer)
        now = standing.approval(laptop, subject.version)
        assert (now is None) is (outcome not in PAYABLE)
        if now is not None and before is not None:
            assert (now.decision.record_id, now.is_confirmed) == (before.decision.record_id, True)
    assert requests.budget_id(laptop, made[-1]) == subject.budget.record_id


def test_without_a_policy_nothing_can_be_asked(laptop: Session, person_id: str) -> None:
    """Nobody has a limit then, and it says so."""
    ready(laptop, person_id)
    set_policy(laptop, {})
    assert says(laptop, person_id) == [
        "Your team has no policy for money yet. Amounts can be worked out; nothing can be decided."
    ]


def test_who_decides_is_as_close_as_the_limit_allows(laptop: Session, person_id: str) -> None:
    """The tier's role comes first, then the smaller limit, then the panel; never who built it above their own limit."""
    subject = ready(laptop, person_id)
    about = subjects.asked(laptop, subject, "ordinary")
    assert about is not None
    assert [choice.words for choice in deciders.choices(laptop, about)] == [
        "Ann Invented, team lead: up to \N{POUND SIGN}2,000.00",
        "Sam Brown, nurse advisor: up to \N{POUND SIGN}1,500.00",
        "The panel",
    ]
    assert deciders.why_not_me(laptop, about) == "You built this budget or asked for it, so someone else decides."
    own = {**POLICY, "self": [{"role": "nurse advisor", "nature": "one_off", "first": 100883}], "tiers": []}
    set_policy(laptop, own)
    assert [choice.id for choice in deciders.choices(laptop, about)] == [ME, OTHER, LEAD, "panel"]
    high = subjects.asked(laptop, subject, "high")
    assert high is not None
    assert [choice.id for choice in deciders.choices(laptop, high)] == ["panel"]


def test_an_answer_is_promised_at_the_latest_as_the_policy_says(laptop: Session, person_id: str) -> None:
    """The last day is filled in; an earlier one may be promised, a later one, a past one or no day may not."""
    subject = ready(laptop, person_id)
    about = subjects.asked(laptop, subject, "ordinary")
    assert about is not None

    def wrong(**values: str) -> list[str]:
        draft = begun(laptop, person_id, **values)
        return [name for name, _say in requests.problems(laptop, about, draft, LEAD)]

    assert wrong() == []
    assert wrong(promised_by="2026-11-28") == []
    assert wrong(promised_by="2026-11-29") == ["promised_by"]
    assert wrong(promised_by="2026-11-28", urgent="yes") == ["promised_by"]
    assert wrong(promised_by="2026-11-22") == ["promised_by"]
    assert wrong(promised_by="soon") == ["promised_by"]
    set_policy(laptop, {**POLICY, "days": {}})
    assert wrong(promised_by="") == ["promised_by"]
    assert wrong(promised_by="2027-11-22") == []


def test_a_wheelchair_is_answered_in_the_days_of_ongoing_support(laptop: Session, person_id: str) -> None:
    """The policy has no days of its own for it."""
    version = kept_version(laptop, person_id, nature="wheelchair")
    about = subjects.about(version, "", set())
    assert about is not None
    found = requests.promised(laptop, about, requests.begun(laptop, person_id))
    assert found is not None
    assert (about.nature, found.isoformat()) == ("wheelchair", "2026-12-07")


def test_everything_that_makes_it_a_request_is_written_at_once(laptop: Session, person_id: str) -> None:
    """One change asks: the version, the plan, the day, who decides and the promised day."""
    subject = ready(laptop, person_id)
    assert subject.version is not None
    assert subject.plan is not None
    draft = begun(laptop, person_id)
    before = log_length(laptop)
    with pytest.raises(RuleBroken, match="Choose who decides"):
        requests.ask(laptop, subject, draft, ME)
    assert log_length(laptop) == before
    asked = requests.ask(laptop, subject, draft, LEAD)
    assert log_length(laptop) == before + 1
    assert {name: asked.text(name) for name in ("version_id", "plan_id", "asked_on", "to", "promised_by", "wish")} == {
        "version_id": subject.version.record_id,
        "plan_id": subject.plan.record_id,
        "asked_on": "2026-11-23",
        "to": LEAD,
        "promised_by": "2026-11-27",
        "wish": "A gym",
    }
    assert not requests.begun(laptop, person_id).fields


def test_the_policy_here_says_how_old_it_is(laptop: Session) -> None:
    """Its version, its day, and that the laptop may not have heard of a newer one."""
    assert deciders.policy_age(laptop) == (
        "By version 1 of your team's policy, of 23 November 2026. "
        "This laptop has not heard from the team server since; a newer policy there counts."
    )
