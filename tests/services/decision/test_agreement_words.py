"""An agreement in sentences that the person can read."""

import pytest

from phb_tui.content import completeness_rules, forms
from phb_tui.content.forms import TICK
from phb_tui.domain.decision.agreements import EXPLAINED_TO_NOBODY
from phb_tui.domain.plan import completeness
from phb_tui.domain.records.changes import Record, Value
from phb_tui.services.decision import agreements, ways
from phb_tui.services.records import editing, record_checks, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.screens.screen_harness import somebody
from tests.services.decision.samples import decision_about, kept_version, request_for, set_policy


def kept(laptop: Session, person_id: str, kind: str, /, **values: Value) -> Record:
    """A record of a person."""
    return editing.save(laptop, record_lists.new(laptop, kind, person_id), values)


def test_every_choice_of_an_agreement_has_its_sentence(laptop: Session) -> None:
    """Each kind, sort of account and thing that was explained is said to the person, in at most 25 words."""
    person_id = somebody(laptop).record_id
    fields = forms.form("agreement").by_name
    for kind in fields["kind"].options or {}:
        for account in fields["account"].options or {}:
            nobodys = EXPLAINED_TO_NOBODY.get(kind, frozenset())
            names = [name for name in fields["read:records"].names() if name.partition(TICK)[2] not in nobodys]
            ticks = dict.fromkeys(names, "yes")
            record = kept(laptop, person_id, "agreement", kind=kind, account=account, **ticks)
            said = agreements.summary(laptop, record)
            assert said[-1] == "It is not signed yet."
            assert not {kind, account} & set(said)
            assert all(len(sentence.split()) <= 25 for sentence in said)
            assert len(said) >= 2 + len(ticks)


def test_a_nominees_agreement_reads_as_it_was_signed(laptop: Session) -> None:
    """Who holds the money, where it goes, how it ends, and who signed when."""
    person_id = somebody(laptop).record_id
    beth = kept(laptop, person_id, "contact", name="Beth Example", relationship="child")
    record = kept(
        laptop, person_id, "agreement", kind="direct_payment", holder="nominee", holder_id=beth.record_id,
        account="prepaid_card", card_chosen="yes", start_date="7 12 2026", notice_weeks="4", keep_records_years="6",
        signed_by="Annie Example", signed_on="20 11 2026", nhs_signed_by="Lee Pretend", nhs_signed_on="23 11 2026",
    )  # fmt: skip
    assert agreements.summary(laptop, record) == [
        "The money is paid out as a direct payment.",
        "It is from 7 December 2026 on.",
        "Beth Example holds the money for you, because you chose them (a nominee).",
        "It goes to a prepaid card.",
        "You chose the card yourself.",
        "Records are kept for 6 years.",
        "Either side can end it with 4 weeks' notice.",
        "Signed by Annie Example on 20 November 2026.",
        "Signed for the NHS by Lee Pretend on 23 November 2026.",
    ]


def test_an_account_number_in_words_about_money_is_named_and_kept(laptop: Session) -> None:
    """A sentence at its field, and nothing is refused; the same figures in words about something else say nothing."""
    person_id = somebody(laptop).record_id
    record = kept(laptop, person_id, "agreement", kind="notional", managed_by="Payroll Friends 12345678")
    assert record.text("managed_by") == "Payroll Friends 12345678"
    assert [problem.field for problem in record_checks.problems(laptop, record)] == ["managed_by"]
    assert record_checks.bank_number("goal", "words", "12345678") == ""


def test_the_step_says_where_the_ways_differ(laptop: Session) -> None:
    """Preferred, agreed and signed: each that is not the agreed way is a sentence."""
    person_id = somebody(laptop).record_id
    for kind, name, way in (("money_choice", "option", "notional"), ("setup", "management", "direct_payment")):
        editing.save(laptop, record_lists.single(laptop, kind, person_id), {name: way})
    kept(laptop, person_id, "agreement", kind="third_party", signed_on="2026-01-10", nhs_signed_on="2026-01-10")
    assert ways.differences(laptop, person_id) == [
        "Direct payment was agreed. The person prefers: Notional budget.",
        "Direct payment was agreed. The agreement in force is about: Third party budget.",
    ]


def test_only_the_ways_of_an_approved_budget_are_compared(laptop: Session) -> None:
    """A kept budget that nobody decided about differs from nothing; once approved its ways are named."""
    person_id = somebody(laptop).record_id
    editing.save(laptop, record_lists.single(laptop, "setup", person_id), {"management": "notional"})
    version = kept_version(laptop, person_id, examples.b())
    assert ways.differences(laptop, person_id) == []
    decision_about(laptop, request_for(laptop, version))
    assert ways.differences(laptop, person_id) == [
        "Notional budget was agreed. The budget that was decided about is: Direct payment."
    ]


@pytest.mark.parametrize(
    ("named", "older"), [(2, False), ("2", False), ("", False), ("two", False), ("9" * 5_000, False), (3, True)]
)
def test_a_laptop_with_an_older_policy_says_so(laptop: Session, named: Value, *, older: bool) -> None:
    """Where a kept budget names a newer policy than the laptop has; what nobody can read names none."""
    person_id = somebody(laptop).record_id
    set_policy(laptop, version=2)
    kept(laptop, person_id, "budget_version", number="1", policy=named)
    assert ("Sync before you ask or decide." in ways.policy_is_older(laptop, person_id)) is older


def test_a_plan_expects_the_agreement_of_its_way_signed_by_both_sides(laptop: Session) -> None:
    """Where the money is paid to somebody; a notional budget needs none."""
    person_id = somebody(laptop).record_id

    def missing() -> set[str]:
        found = completeness.missing_items(completeness_rules.rules(), record_lists.everything(laptop, person_id))
        return {item.rule.id for item in found} & {"agreement", "agreement_nhs"}

    assert missing() == set()
    editing.save(laptop, record_lists.single(laptop, "setup", person_id), {"management": "direct_payment"})
    assert missing() == {"agreement", "agreement_nhs"}
    kept(laptop, person_id, "agreement", signed_on="2026-01-10")
    assert missing() == {"agreement_nhs"}
