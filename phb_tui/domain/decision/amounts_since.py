"""By how much the amounts that are asked for differ from those that were decided about before."""

from typing import Protocol

from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.i18n import _


class Amounts(Protocol):
    """Amounts in pence, a week and in the first year."""

    @property
    def weekly(self) -> int:
        """A week."""

    @property
    def first(self) -> int:
        """In the first year, or of what is bought once."""


def amounts_since(then: Amounts, now: Amounts) -> str:
    """The difference as a sentence: of a week where the week differs, else in all."""
    if (then.weekly, then.first) == (now.weekly, now.first):
        return _("The amounts are the same.")
    more = now.weekly - then.weekly or now.first - then.first
    say = (
        _("Since then: {sign} \N{POUND SIGN}{sum} a week.")
        if now.weekly != then.weekly
        else _("Since then: {sign} \N{POUND SIGN}{sum} in all.")
    )
    return say.format(sign="-" if more < 0 else "+", sum=shown(abs(more)))
