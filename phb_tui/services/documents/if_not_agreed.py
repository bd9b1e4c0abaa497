"""How to ask again, complain or get help, in the local service's own words; the same on every paper."""

from collections.abc import Iterator

from phb_tui.documents.model import Block, Facts
from phb_tui.i18n import _
from phb_tui.services.documents.document_values import DocumentValues
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session


def blocks(session: Session, values: DocumentValues) -> Iterator[Block]:
    """What the service itself says about a decision, how to complain, and who gives independent advocacy.

    Every paper says before it what can be asked at any time, so the time that a decision leaves is named as its own.
    """
    local = record_lists.single(session, "local", None)
    if appeal := values.conflict_box(local, "appeal"):
        yield appeal
    elif words := values.words(local, "appeal"):
        yield Facts(((_("To have a decision looked at again"), words),))
    rows = [
        (label, words)
        for name, label in (("complaint", _("How to complain")), ("advocacy", _("Independent advocacy")))
        if (words := values.words(local, name))
    ]
    if rows:
        yield Facts(tuple(rows))
