"""Kept versions of a budget: what stands against keeping one, keeping it, and what the newest one holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from phb_tui.content import forms
from phb_tui.domain.budget import version_content, work
from phb_tui.domain.budget.law.rates import Rates
from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.budget.sufficiency import Sufficiency
from phb_tui.domain.budget.version_content import FINAL, INPUTS, VersionLine
from phb_tui.domain.budget.work import Worked
from phb_tui.domain.plan import exclusions
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import REMOVED, YES, Record, Value
from phb_tui.errors import RuleBroken
from phb_tui.i18n import _
from phb_tui.services.budget import budgets, sufficiency, team_figures
from phb_tui.services.budget.budgets import BudgetRecords
from phb_tui.services.budget.team_figures import TeamPolicy
from phb_tui.services.records import editing, field_conflicts, record_lists
from phb_tui.services.session import Session
from phb_tui.store import change_log, records

KIND = "budget_version"
ASKED = ("agreed_by", "agreed_how", "agreed_on")
"""What has to be written of who agreed to a final version; an indicative one is only told."""
NOT_TO_READ = frozenset({"budget_id", "inputs", "lines", "by_way", "by_stream", "built_by"})
"""Fields of a version that are not made to be read one by one."""
_EXCEPTION = ("relationship", "exception", "exception_by", "exception_on")
_LONGEST_NUMBER = 7
"""Digits from which a version's number is taken as invalid."""
_LISTS = ("workers", "shifts", "costs")
"""Lists of records in the inputs of a version."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A budget as it would be kept now.

    Attributes:
        records: Its records.
        texts: What the rules read of them.
        worked: What came of it.
        enough: How each need stands.
    """

    records: BudgetRecords
    texts: Records
    worked: Worked
    enough: Sufficiency
    rates: Rates
    policy: TeamPolicy

    @property
    def budget(self) -> Record:
        """The budget's own record."""
        return self.records.budget

    @property
    def is_final(self) -> bool:
        """Whether it is kept to ask for a decision."""
        return self.budget.text("purpose") == FINAL

    @property
    def inputs(self) -> dict[str, Record]:
        """The records that it is worked out from, by their id."""
        named = {texts.get("id", "") for texts in self.texts.workers}
        workers = [each for each in self.records.workers if each.record_id in named]
        return {each.record_id: each for each in (self.budget, *workers, *self.records.lines)}


@dataclass(frozen=True, slots=True)
class Stop:
    """Something that stands against keeping a version.

    Attributes:
        say: What it is, in one sentence.
        record: The record in which it can be put right.
        field: The field in it; "" when it is no single one.
        is_conflict: Whether two people wrote different things.
        for_staff: Whether only staff may read which one.
    """

    say: str
    record: Record
    field: str = ""
    is_conflict: bool = False
    for_staff: bool = False


def candidate(session: Session, budget: Record) -> Candidate:
    """A budget as it would be kept now, with today's figures of the law and the team's policy."""
    found, rates, policy = budgets.read(session, budget), team_figures.rates(session), team_figures.policy(session)
    texts = version_content.without_strangers(budgets.texts(found, rates, policy))
    worked = work.work(texts, rates, policy.policy)
    return Candidate(found, texts, worked, sufficiency.of(session, found, worked), rates, policy)


def all_of(session: Session, budget: Record) -> list[Record]:
    """The kept versions of a budget, newest first; one that is being kept has no number yet."""
    return newest_first(record_lists.of(session, KIND, budget.person_id or "", budget))


def newest_first(found: Iterable[Record]) -> list[Record]:
    """Those of some versions that were kept, newest first."""
    numbered = [record for record in found if record.text("number")]
    return sorted(numbered, key=lambda record: (number(record), record.record_id), reverse=True)


def being_kept(session: Session, budget: Record) -> Record:
    """The version that is being kept; a new one when there is none."""
    found = record_lists.of(session, KIND, budget.person_id or "", budget)
    unfinished = [record for record in found if not record.text("number")]
    return unfinished[-1] if unfinished else record_lists.new(session, KIND, budget.person_id or "")


def number(version: Record) -> int:
    """A version's number; 0 when it cannot be read."""
    kept = version.text("number")
    return int(kept) if kept.isascii() and kept.isdecimal() and len(kept) < _LONGEST_NUMBER else 0


def next_number(session: Session, person_id: str, budget_id: str) -> int:
    """The number of the next version; one that was entered in error keeps its number, under which it is sealed."""
    given = records.of_person(session.store.db, session.team_id, person_id, KIND)
    return max((number(each) for each in given if each.text("budget_id") == budget_id), default=0) + 1


def lines(version: Record) -> tuple[VersionLine, ...] | None:
    """The lines of a kept version; None when they cannot be read here: it is damaged, or of a newer program."""
    return version_content.read_lines(version.text("lines"))


def is_changed(found: Candidate, version: Record) -> bool:
    """Whether a budget is no longer what a kept version holds, or would come out otherwise by now."""
    now = version_content.content(found.texts, found.worked)
    return now["inputs"] != version.text("inputs") or bool(version_content.differences(version.fields, now))


# -- what stands against it


def standing_against(session: Session, found: Candidate, draft: Record) -> list[Stop]:
    """What stands against keeping a version; empty when it can be kept.

    Args:
        session: The session.
        found: The budget as it would be kept.
        draft: The version that is being kept; it may say why a need without a line can wait.
    """
    return [
        *_conflicts(session, found),
        *_purpose(found.budget),
        *_problems(session, found),
        *_connected(found),
        *_needs(session, found, draft),
        *_excluded(session, found.budget.person_id or ""),
    ]


def _conflicts(session: Session, found: Candidate) -> Iterator[Stop]:
    ids = found.inputs
    for conflict in field_conflicts.conflicts(session, found.budget.person_id or ""):
        record = conflict.record
        taken_off = REMOVED in record.open and record.text("budget_id") == found.budget.record_id
        if record.record_id in ids or (taken_off and record.kind in budgets.KINDS):
            say = _("Choose which version is right first: {place}.").format(
                place=field_conflicts.subject(session, conflict)
            )
            for_staff = field_conflicts.for_staff(conflict)
            yield Stop(say, record, conflict.name, is_conflict=True, for_staff=for_staff)


def _purpose(budget: Record) -> Iterator[Stop]:
    purpose = budget.text("purpose")
    if not purpose:
        say = _("Say what this budget is for: to tell about how much there is, or to ask for a decision.")
        yield Stop(say, budget, "purpose")
    elif purpose not in {FINAL, version_content.INDICATIVE}:
        yield Stop(_("This budget only tries something out. Say first what else it is for."), budget, "purpose")


def _problems(session: Session, found: Candidate) -> Iterator[Stop]:
    there = found.inputs
    for problem in found.worked.problems:
        record = there.get(problem.id, found.budget)
        own = record.record_id == found.budget.record_id
        say = problem.say if own else f"{record_lists.title(session, record)}: {problem.say}"
        yield Stop(say, record, problem.field)
    if not found.records.lines:
        yield Stop(_("This budget has no line yet."), found.budget)


def _connected(found: Candidate) -> Iterator[Stop]:
    """Somebody of the same home who is paid, without what regulation 8 asks for (regulation 8(5A) and (5B) of 2013)."""
    for worker in found.inputs.values() if found.is_final else ():
        missing = [name for name in _EXCEPTION if not worker.text(name).strip()]
        if worker.kind == "worker" and worker.text("connected") == YES and missing:
            say = _(
                "{name} is family or a friend in the same home. "
                "Write who they are, why it is necessary that they are paid, who agreed to it, and when."
            )
            yield Stop(say.format(name=worker.text("name") or _("Someone")), worker, missing[0])


def _needs(session: Session, found: Candidate, draft: Record) -> Iterator[Stop]:
    if found.is_final and not draft.text("lacking").strip():
        for each in found.enough.not_covered:
            say = _('Nothing meets this need yet: "{need}". Give it a line, or write below why it can wait.')
            yield Stop(say.format(need=record_lists.title(session, each.need)), each.need)


def _excluded(session: Session, person_id: str) -> Iterator[Stop]:
    for spend in record_lists.of(session, "excluded_spend", person_id):
        for problem in exclusions.problems(spend):
            yield Stop(f"{record_lists.title(session, spend)}: {problem.sentence}", spend, problem.field)


# -- keeping it


def keep(session: Session, found: Candidate, draft: Record) -> Record:
    """Keep a budget as it is now as an immutable version.

    Args:
        session: The session.
        found: The budget as the screen showed it; nothing is kept when it is no longer that.
        draft: The version being kept, with the fields that were filled in.

    Raises:
        RuleBroken: Something stands against it, an answer about who agreed is wrong, or somebody changed the budget
            meanwhile; nothing was kept.
        NotSaved: The disk refuses; nothing was kept.
    """
    now = candidate(session, found.budget)
    if stops := standing_against(session, now, draft):
        raise RuleBroken(stops[0].say, "budget")
    for problem in forms.problems(draft, session.today):
        raise RuleBroken(problem.sentence, problem.field)
    content = version_content.content(now.texts, now.worked)
    if content != version_content.content(found.texts, found.worked):
        raise RuleBroken(_("The budget was changed meanwhile. Look at it once more, then keep it."), "budget")
    values = {
        **draft.fields,
        **content,
        "rates": now.rates.version,
        "policy": now.policy.version or None,
        "built_by": version_content.built_by(authors(session, now.texts)),
    }
    return save_kept(session, now.budget.person_id or "", now.budget.record_id, values, draft)


def authors(session: Session, texts: Records) -> set[str]:
    """Staff ids of everybody who wrote in what the rules read."""
    found: set[str] = set()
    for kind, each in (("budget", [texts.budget]), *zip(_LISTS, texts[1:], strict=True)):
        for record in each:
            found |= change_log.authors(session.store.db, session.team_id, record.get("id", ""), INPUTS[kind])
    return found


def save_kept(
    session: Session, person_id: str, budget_id: str, values: Mapping[str, Value], draft: Record | None = None
) -> Record:
    """Save what a version holds under the next number, which seals it; its draft is not needed any more.

    Raises:
        NotSaved: The disk refuses; nothing was kept.
    """
    following = next_number(session, person_id, budget_id)
    version = editing.read(session, KIND, record_ids.budget_version_id(budget_id, following), person_id)
    sealed: Mapping[str, Value] = {**values, "budget_id": budget_id, "number": str(following)}
    gone: list[tuple[Record, Mapping[str, Value]]] = [(draft, {REMOVED: YES})] if draft and draft.fields else []
    return editing.save_all(session, [(version, sealed), *gone])[0]
