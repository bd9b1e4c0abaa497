"""Completeness of a capacity assessment (one decision), and the records for which its conclusion matters.

The order of the questions is that of A Local Authority v JB [2021] UKSC 52: what the person can do, whether there is an
impairment, whether the one is because of the other (Mental Capacity Act 2005, sections 2 and 3).
"""

from collections.abc import Iterable

from phb_tui.domain.field_types import Problem
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _

LACKS, NO, YES = "lacks", "no", "yes"
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


def lacking_capacity(records: Iterable[Record], *about: str) -> list[Record]:
    """Assessments that conclude the person lacks capacity for one of some decisions.

    Args:
        records: The person's records of capacity.
        about: What is to be decided, such as `CONSENT`.
    """
    return [r for r in records if r.text("conclusion") == LACKS and r.text("about") in {"", *about}]


def asked_by(consent: Record) -> tuple[str, ...]:
    """Decisions whose capacity assessment matters for a consent."""
    return (CONSENT, DIRECT_PAYMENT) if consent.text("about") in DIRECT_PAYMENT_CONSENTS else (CONSENT,)
