"""A version of a budget that the team server could not accept, and how it is kept all the same."""

from collections.abc import Mapping

from phb_tui.domain.budget import version_content, work
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Record, Value
from phb_tui.errors import RuleBroken
from phb_tui.i18n import N_, _
from phb_tui.services.budget import team_figures, versions
from phb_tui.services.records import editing
from phb_tui.services.session import Session

_OTHER_AMOUNT = N_(
    "With today's figures this budget comes to another amount. Open the budget, look at it together, and keep a new "
    "version there. Then mark this one as dealt with."
)


def keep_again(session: Session, person_id: str, values: Mapping[str, Value]) -> Record:
    """Keep a version again under the next number.

    One whose number another laptop's version has is kept as it was agreed. One that the team server could not accept
    for another reason is worked out again with today's figures and kept if nothing of it changes: nobody agreed to
    anything else.

    Args:
        session: The session.
        person_id: Whose budget it is.
        values: What the version holds.

    Raises:
        RuleBroken: It comes out otherwise by now, or cannot be read; nothing was kept.
        NotSaved: The disk refuses; nothing was kept.
    """
    budget_id = str(values.get("budget_id") or "")
    number = versions.number(Record("", versions.KIND, "", person_id, values))
    there = editing.read(session, versions.KIND, record_ids.budget_version_id(budget_id, number), person_id)
    if not there.text("number"):
        values = {**values, **_worked_out_again(session, values)}
    return versions.save_kept(session, person_id, budget_id, values)


def _worked_out_again(session: Session, values: Mapping[str, Value]) -> dict[str, Value]:
    """The fields of a version that follow from its inputs and today's figures, and everybody who wrote the inputs."""
    rates, policy = team_figures.rates(session), team_figures.policy(session)
    texts = version_content.read_inputs(str(values.get("inputs") or ""))
    if texts is None:
        raise RuleBroken(_(_OTHER_AMOUNT), "budget")
    content = version_content.content(texts, work.work(texts, rates, policy.policy))
    if version_content.differences(values, content):
        raise RuleBroken(_(_OTHER_AMOUNT), "budget")
    named = version_content.read_built_by(str(values.get("built_by") or "")) or frozenset()
    built_by = version_content.built_by(named | versions.authors(session, texts))
    return {"rates": rates.version, "policy": policy.version or None, "built_by": built_by}
