"""What if: a copy of a budget in which something can be tried out, and taking it over.

A copied line names the line that it was copied from, so that the two stand side by side and either can take the place
of the other. The copies have ids of their own; whom, which need and which goal they name stays the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from phb_tui.content import forms
from phb_tui.domain.budget import purposes
from phb_tui.domain.records.changes import REMOVED, YES, Change, Record, Value, write
from phb_tui.i18n import N_, _
from phb_tui.services.budget import budgets
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session

PURPOSE = purposes.WHAT_IF
FIGURES = (
    "nature", "start_date", "end_date", "management", "pay_every", "contingency_weeks", "contingency_held",
    "replaces_id", "allowance", "allowance_used", "health", "social", "social_who", "education", "education_who",
    "term_dates",
)  # fmt: skip
"""Fields of a budget that decide its amounts, or say who pays them: what is taken over with the lines."""
_NOT_COPIED = {*forms.MARKS, "name", "purpose", "told_on", "told_how", "enough", "enough_words"}
"""Fields of a budget that a copy has not: what was told, and what the person said, was about the budget itself."""
BUDGET, COPIED_FROM = "budget_id", "copy_of_id"
"""Fields of a line: the budget that it belongs to, and the line that it was copied from."""
COPY_OF = "what_if_of_id"
"""Field of a budget: the one that it was copied from, to try something out."""
_NAME = N_("What if: {name}")
_LATER_NAME = N_("What if {number}: {name}")


def all_of(session: Session, budget: Record) -> list[Record]:
    """What was tried out with a budget, oldest first."""
    there = budgets.all_of(session, budget.person_id or "")
    return [each for each in there if each.text(COPY_OF) == budget.record_id and purposes.tries_out(each)]


def original(session: Session, what_if: Record) -> Record | None:
    """The budget that something is tried out with; None where it is gone, or the budget is no copy.

    A budget of this purpose that somebody typed stands beside the person's only other one.
    """
    there = budgets.all_of(session, what_if.person_id or "")
    found = next((each for each in there if each.record_id == what_if.text(COPY_OF)), None)
    others = [each for each in purposes.meant(there) if each.record_id != what_if.record_id]
    return found or (others[0] if len(others) == 1 and not what_if.text(COPY_OF) else None)


def copy(session: Session, budget: Record) -> Record:
    """Copy a budget with all its lines to try something out, in one transaction; return the copy's record.

    Raises:
        NotSaved: The disk refuses; nothing was copied.
    """
    number = len(all_of(session, budget)) + 1
    name = _(_NAME if number == 1 else _LATER_NAME).format(number=number, name=record_lists.title(session, budget))
    made = record_lists.new(session, "budget", budget.person_id or "")
    kept = {field: value for field, value in budget.fields.items() if field not in _NOT_COPIED}
    own = {**kept, "name": name, "purpose": PURPOSE, COPY_OF: budget.record_id}
    _save(session, [(made, own), *_copied(session, budgets.read(session, budget).lines, made)])
    return editing.read(session, "budget", made.record_id, budget.person_id)


def paired(ours: Iterable[Record], theirs: Iterable[Record]) -> list[tuple[Record | None, Record | None]]:
    """The lines of two budgets side by side: those copied from one another, or both from a third, stand together.

    Where a line of one was copied twice, the second copy stands alone. The order is that of the first budget; what only
    the second one has comes after.
    """
    waiting: dict[str, list[Record]] = {}
    for line in theirs:
        waiting.setdefault(_root(line), []).append(line)
    found: list[tuple[Record | None, Record | None]] = []
    for line in ours:
        alike = waiting.get(_root(line))
        found.append((line, alike.pop(0) if alike else None))
    return found + [(None, line) for rest in waiting.values() for line in rest]


def _root(line: Record) -> str:
    return line.text(COPIED_FROM) or line.record_id


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking a budget over has changed, so that it can be undone."""

    changes: Sequence[Change]


def take(session: Session, source: Record, target: Record) -> Taken:
    """Give a budget the lines and the figures of another one, in one transaction.

    A line of the target that stands beside one of the source gets its fields, and its history keeps what it held. One
    that the source has not is removed and can be put back; one that only the source has is copied.

    Raises:
        NotSaved: The disk refuses; nothing has changed.
    """
    source, target = (editing.read(session, each.kind, each.record_id, each.person_id) for each in (source, target))
    edits: list[tuple[Record, Mapping[str, Value]]] = [(target, {name: source.fields.get(name) for name in FIGURES})]
    new: list[Record] = []
    for theirs, ours in paired(budgets.read(session, source).lines, budgets.read(session, target).lines):
        if theirs is not None and ours is not None:
            names = {*theirs.fields, *ours.fields} - {BUDGET, COPIED_FROM, *forms.MARKS}
            edits.append((ours, {name: theirs.fields.get(name) for name in names}))
        elif theirs is not None:
            new.append(theirs)
        elif ours is not None:
            edits.append((ours, {REMOVED: YES}))
    return Taken(_save(session, edits + _copied(session, new, target)))


def undo(session: Session, taken: Taken) -> None:
    """Put back what taking over has changed, in one transaction.

    Raises:
        NotSaved: The disk refuses; nothing was put back.
    """
    edits: list[tuple[Record, Mapping[str, Value]]] = []
    for change in taken.changes:
        record = editing.read(session, change.kind, change.record_id, change.person_id)
        is_new = BUDGET in change.fields
        edits.append((record, {REMOVED: YES} if is_new else {name: change.before.get(name) for name in change.fields}))
    _save(session, edits)


def _copied(session: Session, lines: Sequence[Record], budget: Record) -> list[tuple[Record, Mapping[str, Value]]]:
    """Copies of lines for a budget, with the values as they are kept, right or wrong."""
    ids = sorted(session.new_id() for _line in lines)  # lists go by id, and ids of one millisecond by chance
    found: list[tuple[Record, Mapping[str, Value]]] = []
    for line, record_id in zip(lines, ids, strict=True):
        kept = {name: value for name, value in line.fields.items() if name not in forms.MARKS}
        made = replace(record_lists.new(session, line.kind, budget.person_id or ""), record_id=record_id)
        found.append((made, {**kept, BUDGET: budget.record_id, COPIED_FROM: _root(line)}))
    return found


def _save(session: Session, edits: Iterable[tuple[Record, Mapping[str, Value]]]) -> list[Change]:
    """Save values as they are, without tidying them again; the changes that were needed."""
    stamp = session.authorship()
    found = [write(record, values, stamp) for record, values in edits]
    made = [change for change in found if change is not None]
    editing.save_changes(session, made)
    return made
