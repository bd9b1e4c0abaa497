"""Completeness of a capacity assessment (one decision), and the records for which its conclusion matters.

The order of the questions is that of A Local Authority v JB [2021] UKSC 52: what the person can do, whether there is an
impairment, whether the one is because of the other (Mental Capacity Act 2005, sections 2 and 3).
"""

import re
from collections.abc import Iterable
from datetime import date

from phb_tui.domain.calendar import dates
from phb_tui.domain.field_types import Problem
from phb_tui.domain.records.changes import Record
from phb_tui.domain.text import letters
from phb_tui.i18n import _

LACKS, HAS, NO, YES = "lacks", "has", "no", "yes"
ABILITIES = ("understand", "retain", "weigh", "communicate")
"""Fields of the four abilities (Mental Capacity Act 2005, section 3); one "no" is enough for lack of capacity."""
CONSENT, DIRECT_PAYMENT, PLAN = "consent", "direct_payment", "plan"
"""Decisions that an assessment can be about; one without a decision counts for all of them."""
DIRECT_PAYMENT_CONSENTS = {"direct_payment", "nominee", "representative", "managed_account"}
"""Subjects of consent that concern a direct payment."""


def problems(record: Record) -> list[Problem]:
    """What the conclusion "lacks capacity" still needs, as one error; none for another conclusion."""
    if record.text("conclusion") != LACKS:
        return []
    missing = []
    if not any(record.text(ability) == NO for ability in ABILITIES):
        missing.append(_("what the person cannot do"))
    if record.text("impairment") != YES:
        missing.append(_("which impairment there is"))
    if record.text("causal") != YES:
        missing.append(_("that it is because of the impairment"))
    if not missing:
        return []
    words = _("This conclusion is complete only when the pages before it say: {what}.").format(what=", ".join(missing))
    return [Problem("conclusion", words)]


def lacking_capacity(records: Iterable[Record], today: date, *about: str) -> list[Record]:
    """Assessments that conclude the person lacks capacity for one of some decisions.

    One does not count when the same decision was assessed again later and the person had capacity for it.

    Args:
        records: The person's records of capacity.
        today: An assessment after it has not happened.
        about: What is to be decided, such as `CONSENT`.
    """
    found = list(records)
    has = [record for record in found if record.text("conclusion") == HAS and dates.is_due(record.text("date"), today)]
    lacks = (r for r in found if r.text("conclusion") == LACKS and r.text("about") in {"", *about})
    return [record for record in lacks if not any(_is_later(other, record) for other in has)]


def _is_later(other: Record, record: Record) -> bool:
    """Whether another assessment is of the same decision, in the same words, and of a later day."""
    now, before = (_decision(assessed) for assessed in (other, record))
    day, earlier = dates.first_day(other.text("date")), dates.last_day(record.text("date"))
    return bool(before[1]) and now == before and day is not None and earlier is not None and earlier < day


def _decision(record: Record) -> tuple[str, str]:
    """What an assessment is about, and its decision without accents, capitals and signs."""
    return record.text("about"), " ".join(re.findall(r"\w+", letters.fold(record.text("decision"))))


def asked_by(consent: Record) -> tuple[str, ...]:
    """Decisions whose capacity assessment matters for a consent."""
    return (CONSENT, DIRECT_PAYMENT) if consent.text("about") in DIRECT_PAYMENT_CONSENTS else (CONSENT,)
