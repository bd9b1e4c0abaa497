"""The team's policy and the law's figures reach laptops from the team server, which works out what they keep."""

from pathlib import Path

from phb_tui.central.exchange.guards import NOT_FROM_A_LAPTOP
from phb_tui.central.exchange.own_changes import OwnChanges
from phb_tui.central.exchange.version_guard import OTHER_TOTALS
from phb_tui.central.server import factory
from phb_tui.domain.records.changes import canonical
from phb_tui.services.budget import kept_aside, team_figures, versions
from phb_tui.services.records import editing, record_lists
from phb_tui.services.sync import outbox
from tests.domain.budget import examples
from tests.screens.team_harness import TEAM, somebody, team_in, write
from tests.services.budget.kept_budgets import keep
from tests.services.budget.test_versions import keep_version


def test_both_laptops_of_a_team_use_its_policy_and_keep_what_the_team_server_agrees_with(tmp_path: Path) -> None:
    """A version worked out with the policy is accepted; one edited by hand, and a laptop's own policy, are not."""
    with team_in(tmp_path) as team:
        one, two = team.laptop(1, "Ada Okafor"), team.laptop(2, "Sam Brown")
        person_id = somebody(one).record_id
        budget = keep(one, person_id, examples.b(), purpose="indicative")
        OwnChanges(team.storage, factory.now).write_policy(TEAM, canonical({"holiday": "13"}), "2026-11-26", 0)
        factory.send_rates(team.storage)
        team.exchange(one, two)
        for laptop in (one, two):
            found = team_figures.policy(laptop)
            assert (found.version, found.policy.holiday) == (1, 1300)
        version = keep_version(two, budget)
        team.exchange(two, one)
        assert outbox.quarantined(two) == []
        [kept] = versions.all_of(one, budget)
        assert (kept.fields["policy"], kept.fields["total_first"]) == (1, version.fields["total_first"])
        again = kept_aside.keep_again(one, person_id, {**kept.fields, "total_first": 1})
        write(one, record_lists.single(one, "policy", None), {"version": 2, "text": canonical({"holiday": "1"})})
        team.exchange(one, two)
        assert [aside.why for aside in outbox.quarantined(one)] == [OTHER_TOTALS, NOT_FROM_A_LAPTOP]
        assert team_figures.policy(one).version == 1
        assert not editing.read(two, versions.KIND, again.record_id, person_id).fields
