"""Whether the ways of managing the money are one and the same."""

import pytest

from phb_tui.domain.decision import ways


@pytest.mark.parametrize(
    ("agreed", "preferred", "approved", "signed", "found"),
    [
        ("", "notional", {"direct_payment"}, "third_party", []),
        ("not_sure", "notional", {"direct_payment"}, "third_party", []),
        ("direct_payment", "direct_payment", {"direct_payment"}, "direct_payment", []),
        ("direct_payment", "not_sure", set(), "", []),
        ("direct_payment", "", set(), "one_off", []),
        ("direct_payment", "notional", set(), "", ["preferred"]),
        ("direct_payment", "", {"managed_account"}, "", ["approved"]),
        ("direct_payment", "", {"direct_payment", "notional"}, "", ["approved"]),
        ("mixed", "", {"direct_payment", "notional"}, "notional", []),
        ("mixed", "", {"direct_payment"}, "", ["approved"]),
        ("notional", "", set(), "direct_payment", ["signed"]),
    ],
)
def test_what_was_preferred_approved_and_signed_is_the_way_that_was_agreed(
    agreed: str, preferred: str, approved: set[str], signed: str, found: list[str]
) -> None:
    """A mixture has lines of several ways; what is not decided differs from nothing."""
    assert [each.against for each in ways.differences(agreed, preferred, approved, signed)] == found
