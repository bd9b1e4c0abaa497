"""Records that others belong to: one in which nothing is written yet is kept with the first of them."""

from collections.abc import Iterator

from phb_tui.content import forms
from phb_tui.domain.records.changes import Change
from phb_tui.services.records.reading import read
from phb_tui.services.session import Session


def changes_to_list(session: Session, made: list[Change]) -> Iterator[Change]:
    """Further changes to save with the first records that belong to another one, such as the actions for a goal.

    They make the goal a record, with its first field empty: lists and papers show an action under its goal only. The
    field's value is nothing rather than an empty text, so whatever is written there later was typed over nothing.
    """
    there = {change.record_id for change in made}
    for change in made:
        under = forms.form(change.kind).under if forms.known(change.kind) else ""
        parent_id = change.fields.get(f"{under}_id") if under else None
        if not isinstance(parent_id, str) or parent_id in there or change.kind not in forms.form(under).holds:
            continue
        there.add(parent_id)
        parent = read(session, under, parent_id, change.person_id)
        if not parent.fields:
            first = forms.form(under).line[0]
            yield Change(
                team_id=change.team_id,
                device_id=change.device_id,
                kind=under,
                record_id=parent_id,
                person_id=change.person_id,
                fields={first: None},
                before={first: None},
                seen=parent.seen,
                author=change.author,
                at=change.at,
            )
