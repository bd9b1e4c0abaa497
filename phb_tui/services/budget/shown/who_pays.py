"""How what each of those who pay pays is worked out, in sentences; the same on the screen and on paper."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from phb_tui.domain.budget import totals
from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.domain.budget.inputs import JOINT, Budget
from phb_tui.domain.budget.totals import Streamed
from phb_tui.domain.budget.working.sentences import share_shown
from phb_tui.i18n import _, n_


def how(budget: Budget | None, lines: Sequence[Streamed], pays: int, put_by: int, name: str) -> Iterator[str]:
    """How the part of one of those who pay comes out: its share of what is shared, and what it pays alone.

    Args:
        budget: The budget with its shares; None when they are not known.
        lines: Its lines.
        pays: What this one pays, in pence, without what is put by.
        put_by: What it pays of what is put by, in pence.
        name: Who it is: health, social or education.
    """
    share = budget.shares.get(name, 0) if budget is not None else 0
    alone = sum(line.pence for line in lines if line.stream == name)
    shared = sum(line.pence for line in lines if line.stream == JOINT)
    if share and shared:
        yield _("{share} of {shared}, which is shared: {part}").format(
            share=share_shown(share), shared=shown(shared), part=shown(pays - alone)
        )
    if alone:
        yield _("What it pays alone: {sum}").format(sum=shown(alone))
    if put_by:
        yield _("And {share} of what is put by: {sum}").format(share=share_shown(share), sum=shown(put_by))


def odd_pennies(
    budget: Budget | None, lines: Iterable[Streamed], contingency: int, names: Mapping[str, str]
) -> Iterator[str]:
    """Who pays the pennies that cannot be divided; nothing where all comes out even.

    Args:
        budget: The budget with its shares; None when they are not known.
        lines: Its lines.
        contingency: What is put by, in pence.
        names: What each of those who pay is called.
    """
    found = totals.odd_pennies(lines, contingency, budget.shares) if budget is not None else {}
    if count := sum(found.values()):
        who = ", ".join(
            _("{who} ({count})").format(who=names[name], count=odd) if odd > 1 else names[name]
            for name, odd in found.items()
        )
        words = n_(
            "{count} penny cannot be divided. It is paid by: {who}.",
            "{count} pennies cannot be divided. They are paid by: {who}.",
            count,
        )
        yield words.format(count=count, who=who)
