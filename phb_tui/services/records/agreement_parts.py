"""What an agreement holds that does not belong to its kind, which is kept and seen by staff but said to nobody.

One that is made from another, to change the way, begins with all of its words; the money of a notional budget, for one,
has no holder.
"""

from collections.abc import Iterator
from dataclasses import replace

from phb_tui.content import forms
from phb_tui.content.forms import TICK, FormField
from phb_tui.domain.decision import agreements as rules
from phb_tui.domain.records.changes import YES, Record
from phb_tui.i18n import _

AGREEMENT = "agreement"


def foreign(agreement: Record) -> list[str]:
    """The fields that hold something which an agreement of its kind does not ask, in the order of its form.

    Of a kind that only a newer version knows it is not known, so there are none.
    """
    kind = agreement.text("kind") or rules.DIRECT_PAYMENT
    if kind not in (forms.form(AGREEMENT).by_name["kind"].options or {}):
        return []
    return [name for field, is_asked in _asked_in(kind) for name in field.names()
            if _is_held(agreement, name) and not (is_asked and _is_explained(kind, name))]  # fmt: skip


def fitting(agreement: Record) -> Record:
    """An agreement as it is read and printed: without what does not belong to it."""
    without = set(foreign(agreement))
    return replace(agreement, fields={name: held for name, held in agreement.fields.items() if name not in without})


def left_out(agreement: Record) -> str:
    """What is written and not said, for it does not belong to what was agreed, in a sentence for staff; "" for none."""
    labels = dict.fromkeys(forms.printed_label(AGREEMENT, name) for name in foreign(agreement))
    if not labels:
        return ""
    return _("Not part of what was agreed, so the letter leaves it out: {what}.").format(what="; ".join(labels))


def _asked_in(kind: str) -> Iterator[tuple[FormField, bool]]:
    """Every field, and whether it is asked in an agreement of a kind."""
    for page in forms.form(AGREEMENT).pages:
        for field in page.fields:
            found = (when for when in (page.when, field.when) if when is not None)
            yield field, all(when.is_met(kind) for when in found if (when.kind, when.field) == (AGREEMENT, "kind"))


def _is_held(agreement: Record, name: str) -> bool:
    return agreement.text(name) == YES if TICK in name else bool(agreement.text(name))


def _is_explained(kind: str, name: str) -> bool:
    """Whether a tick is about something that has a place in an agreement of a kind; any other field is no tick."""
    return name.partition(TICK)[2] not in rules.EXPLAINED_TO_NOBODY.get(kind, ())
