"""Keeping a version of a budget: what stands against it, what it holds, and two laptops that keep one number."""

import json
from pathlib import Path

import pytest

from phb_tui.central.exchange.own_changes import OwnChanges
from phb_tui.central.exchange.version_guard import NO_POLICY
from phb_tui.central.server import factory
from phb_tui.domain.budget import version_content, work
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Record, canonical
from phb_tui.errors import RuleBroken
from phb_tui.services.budget import budgets, sufficiency, team_figures, versions
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.sync import outbox
from tests.domain.budget import examples
from tests.screens.team_harness import TEAM, disagree, somebody, team_in, write
from tests.services.budget.kept_budgets import keep

AGREED = {"agreed_by": "Annie Example", "agreed_how": "said", "agreed_on": "2026-11-20"}


def add(laptop: Session, person_id: str, kind: str, /, **values: str) -> Record:
    """A new record of a person."""
    return editing.save(laptop, record_lists.new(laptop, kind, person_id), values)


def draft(laptop: Session, budget: Record, **values: str) -> Record:
    """The version that is being kept, with who agreed."""
    begun = versions.being_kept(laptop, budget)
    return editing.save(laptop, begun, {**record_lists.parent_link(budget, versions.KIND), **AGREED, **values})


def keep_version(laptop: Session, budget: Record, **values: str) -> Record:
    """Keep a version of a budget as it is now."""
    return versions.keep(laptop, versions.candidate(laptop, budget), draft(laptop, budget, **values))


def stops(laptop: Session, budget: Record, **values: str) -> list[str]:
    """What stands against keeping a version."""
    found = versions.candidate(laptop, editing.read(laptop, "budget", budget.record_id, budget.person_id))
    shown = versions.being_kept(laptop, budget)
    shown = Record(shown.team_id, shown.kind, shown.record_id, shown.person_id, {**shown.fields, **values})
    return [stop.say for stop in versions.standing_against(laptop, found, shown)]


def test_a_version_holds_all_that_it_was_worked_out_from(laptop: Session, person_id: str) -> None:
    """What central needs to work it out again is in it, under the id of its number, and who wrote the inputs."""
    budget = keep(laptop, person_id, examples.b(), purpose="indicative", name="From December")
    version = keep_version(laptop, budget)
    assert version.record_id == record_ids.budget_version_id(budget.record_id, 1)
    assert (version.text("number"), version.text("budget_id"), version.text("for")) == (
        "1",
        budget.record_id,
        "indicative",
    )
    assert (version.fields["total_recurring"], version.fields["total_first"]) == (4258178, 4613246)
    assert (version.fields["rates"], version.fields.get("policy")) == (team_figures.rates(laptop).version, None)
    assert version_content.read_built_by(version.text("built_by")) == frozenset({laptop.nurse.id})
    assert "Maria" not in version.text("inputs")
    assert "Maria" in version.text("lines")
    assert version.text("agreed_by") == "Annie Example"
    records = version_content.read_inputs(version.text("inputs"))
    assert records is not None
    again = work.work(records, team_figures.rates(laptop), team_figures.policy(laptop).policy)
    assert version_content.differences(version.fields, version_content.content(records, again)) == ()
    assert versions.all_of(laptop, budget) == [version]
    assert not versions.being_kept(laptop, budget).fields


def test_a_kept_version_stays_while_the_budget_goes_on(laptop: Session, person_id: str) -> None:
    """A change of the budget is no change of the version; the next one has the next number."""
    budget = keep(laptop, person_id, examples.c(), purpose="indicative")
    first = keep_version(laptop, budget)
    assert not versions.is_changed(versions.candidate(laptop, budget), first)
    cost = budgets.read(laptop, budget).costs[0]
    editing.save(laptop, cost, {"price": "480.00"})
    assert versions.is_changed(versions.candidate(laptop, budget), first)
    second = keep_version(laptop, budget)
    assert [versions.number(each) for each in versions.all_of(laptop, budget)] == [2, 1]
    assert first.fields["total_one_off"] == 100883
    assert second.fields["total_one_off"] == 100883 + 10100


def test_nothing_is_kept_of_a_budget_that_changed_under_the_eyes(laptop: Session, person_id: str) -> None:
    """What was on the screen is what is kept, or nothing is."""
    budget = keep(laptop, person_id, examples.c(), purpose="indicative")
    shown = versions.candidate(laptop, budget)
    editing.save(laptop, budgets.read(laptop, budget).costs[0], {"price": "480.00"})
    with pytest.raises(RuleBroken, match="changed meanwhile"):
        versions.keep(laptop, shown, draft(laptop, budget))
    assert versions.all_of(laptop, budget) == []


def test_what_the_rules_find_wrong_stands_against_it(laptop: Session, person_id: str) -> None:
    """A wage below the law, shares that are not 100 or a half-filled line is named, with the record it is in."""
    budget = keep(laptop, person_id, examples.b(), purpose="indicative", health="60", social="30")
    shift = budgets.read(laptop, budget).shifts[0]
    editing.save(laptop, shift, {"rate": "9.00", "what": "mornings"})
    add(laptop, person_id, "cost", budget_id=budget.record_id, what="swimming")
    found = stops(laptop, budget)
    assert any(say.startswith("mornings: £9.00 an hour is less") for say in found)
    assert "swimming: Write what it costs." in found
    assert any(say.startswith("The shares make 90") for say in found)
    with pytest.raises(RuleBroken):
        keep_version(laptop, budget)


def test_what_a_version_is_for_has_to_be_said(laptop: Session, person_id: str) -> None:
    """An empty purpose or "what if", and a budget without a line, are named."""
    assert "This budget only tries" in stops(laptop, keep(laptop, person_id, examples.c(), purpose="what_if"))[0]
    assert "Say what this budget is for" in stops(laptop, keep(laptop, person_id, examples.c()))[0]
    empty = add(laptop, person_id, "budget", purpose="indicative", start_date="2026-12-07", end_date="2027-12-05")
    assert stops(laptop, empty) == ["This budget has no line yet."]


def test_a_final_version_needs_every_need_to_be_met_or_a_reason(laptop: Session, person_id: str) -> None:
    """A need that nothing meets stops a final version until it is written why it can wait; an indicative one never."""
    need = add(laptop, person_id, "need", words="Getting outside")
    budget = keep(laptop, person_id, examples.c(), purpose="final")
    assert stops(laptop, budget) == [
        'Nothing meets this need yet: "Getting outside". Give it a line, or write below why it can wait.'
    ]
    assert stops(laptop, budget, lacking="In spring.") == []
    budget = editing.save(laptop, budget, {"purpose": "indicative"})
    assert stops(laptop, budget) == []
    budget = editing.save(laptop, budget, {"purpose": "final"})
    editing.save(laptop, budgets.read(laptop, budget).costs[0], {"need_id": need.record_id})
    assert stops(laptop, budget) == []
    assert keep_version(laptop, budget).text("for") == "final"


def test_somebody_of_the_same_home_needs_a_reason_before_a_final_version(laptop: Session, person_id: str) -> None:
    """Regulation 8 asks why it is necessary, who agreed and when; a worker of another budget stops nothing."""
    budget = keep(laptop, person_id, examples.b(), purpose="final")
    add(laptop, person_id, "worker", name="Cal Invented", connected="yes")
    assert stops(laptop, budget) == []
    worker = next(each for each in budgets.read(laptop, budget).workers if each.text("name") == "Maria")
    worker = editing.save(laptop, worker, {"connected": "yes", "relationship": "sibling"})
    (say,) = stops(laptop, budget)
    assert say.startswith("Maria is family or a friend in the same home.")
    more = {"exception": "Nobody else speaks her language.", "exception_by": "Ann", "exception_on": "2026-11-20"}
    editing.save(laptop, worker, more)
    assert stops(laptop, budget) == []


def test_what_a_budget_may_never_pay_for_stops_a_version(laptop: Session, person_id: str) -> None:
    """Tobacco that was "kept with the reason above" in an older version has to be decided again (rule R23)."""
    budget = keep(laptop, person_id, examples.c(), purpose="indicative")
    add(laptop, person_id, "excluded_spend", asked="Tobacco", reason="tobacco", outcome="kept")
    (say,) = stops(laptop, budget)
    assert say.startswith("Tobacco: A budget may not pay for this.")


def test_two_laptops_keep_one_version_of_a_number(tmp_path: Path) -> None:
    """The second is kept aside at the team server, shown in words, and offered again as the next number."""
    with team_in(tmp_path) as team:
        one, two = team.laptop(1, "Ada Okafor"), team.laptop(2, "Sam Brown")
        person_id = somebody(one).record_id
        budget = keep(one, person_id, examples.c(), purpose="indicative")
        team.exchange(one, two)
        for laptop, name in ((one, "Annie"), (two, "Beth")):
            keep_version(laptop, budget, agreed_by=name)
        team.exchange(one, two, one)
        (aside,) = outbox.quarantined(two)
        assert aside.version
        told = dict(aside.words)
        assert told["One-off"] == "\N{POUND SIGN}1,008.83"
        assert not any(words.startswith(("{", "[")) for words in told.values())
        outbox.save_again(two, aside)
        team.exchange(two, one)
        assert outbox.quarantined(two) == []
        for laptop in (one, two):
            found = [(each.text("number"), each.text("agreed_by")) for each in versions.all_of(laptop, budget)]
            assert found == [("2", "Beth"), ("1", "Annie")]


def test_a_version_without_the_policy_is_kept_again_only_as_it_was_agreed(tmp_path: Path) -> None:
    """The policy came while it was kept: what it does not change is kept with it, another amount is agreed anew."""
    with team_in(tmp_path) as team:
        one = team.laptop(1, "Ada Okafor")
        person_id = somebody(one).record_id
        ongoing = keep(one, person_id, examples.b(), purpose="indicative")
        one_off = keep(one, person_id, examples.c(), purpose="indicative")
        team.exchange(one)
        for budget in (ongoing, one_off):
            keep_version(one, budget)
        OwnChanges(team.storage, factory.now).write_policy(TEAM, canonical({"holiday": "13"}), "2026-11-26", 0)
        team.exchange(one)
        first, second = outbox.quarantined(one)
        assert first.why == NO_POLICY
        with pytest.raises(RuleBroken, match="comes to another amount"):
            outbox.save_again(one, first)
        outbox.save_again(one, second)
        team.exchange(one)
        assert [aside.op_no for aside in outbox.quarantined(one)] == [first.op_no]
        (kept,) = versions.all_of(one, one_off)
        assert (kept.text("number"), kept.fields["policy"]) == ("1", 1)


def test_two_officers_on_one_line_have_to_decide_first(tmp_path: Path) -> None:
    """A rate that two wrote apart stands against a version until one is chosen; one value in two spellings does not.

    Everybody who wrote in what counts has built the budget.
    """
    with team_in(tmp_path) as team:
        one, two = team.laptop(1, "Ada Okafor"), team.laptop(2, "Sam Brown")
        person_id = somebody(one).record_id
        budget = keep(one, person_id, examples.b(), purpose="indicative")
        team.exchange(one, two)
        shift = budgets.read(one, budget).shifts[0]
        disagree(team, one, two, shift, ("rate", "12.80", "£12.80"))
        assert stops(one, budget) == []
        assert stops(two, budget) == []
        shift = editing.read(one, "shift", shift.record_id, person_id)
        disagree(team, one, two, shift, ("rate", "13.00", "14.00"))
        (say,) = stops(two, budget)
        assert say.startswith("Choose which version is right first: What is paid")
        worker = budgets.read(two, budget).workers[0]
        write(two, worker, {"pension": "opted_out"})
        team.exchange(two, one)
        found = versions.candidate(one, budget)
        assert versions.authors(one, found.texts) == {one.nurse.id, two.nurse.id}


def test_numbers_that_cannot_be_read_and_damaged_versions_break_nothing(laptop: Session, person_id: str) -> None:
    """A version of a newer program, or one that was made by hand, is listed and shown as it is."""
    budget = keep(laptop, person_id, examples.c(), purpose="indicative")
    for number in ("x", "9" * 5_000, "\N{ARABIC-INDIC DIGIT NINE}"):
        damaged = add(laptop, person_id, versions.KIND, budget_id=budget.record_id, number=number, lines="{", rates="x")
        assert versions.lines(damaged) is None
        assert versions.is_changed(versions.candidate(laptop, budget), damaged)
    version = keep_version(laptop, budget)
    assert version.text("number") == "1"
    assert len(versions.all_of(laptop, budget)) == 4
    assert json.loads(version.text("by_way")) == {"direct_payment": 100883}


def test_a_line_meets_a_need_only_when_it_counts(laptop: Session, person_id: str) -> None:
    """A half-filled line, and one without a day in the budget, meet nothing; a free one does."""
    need = add(laptop, person_id, "need", words="Getting outside")
    budget = keep(laptop, person_id, examples.c(), purpose="final")
    for_it = {"budget_id": budget.record_id, "need_id": need.record_id, "what": "bus", "kind": "activity"}
    line = add(laptop, person_id, "cost", **for_it)

    def covered() -> bool:
        found = versions.candidate(laptop, budget)
        return not sufficiency.of(laptop, found.records, found.worked).not_covered

    assert not covered()
    line = editing.save(laptop, line, {"price": "10.00", "from_date": "2031-01-01"})
    assert not covered()
    line = editing.save(laptop, line, {"price": "10.00", "from_date": ""})
    assert covered()
    editing.save(laptop, line, {"price": "0.00"})
    assert covered()


def test_a_need_that_another_running_budget_meets_does_not_stop_this_one(laptop: Session, person_id: str) -> None:
    """A one-off budget beside the ongoing one is for its own needs; one that is not kept as final meets nothing."""
    need = add(laptop, person_id, "need", words="Getting outside")
    ongoing = keep(laptop, person_id, examples.b(), purpose="final")
    editing.save(laptop, budgets.read(laptop, ongoing).shifts[0], {"need_id": need.record_id})
    budget = keep(laptop, person_id, examples.c(), purpose="final")
    assert len(stops(laptop, budget)) == 1
    keep_version(laptop, ongoing)
    assert stops(laptop, budget) == []
