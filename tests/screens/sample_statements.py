"""A bank statement for screens: rows that are new, there already, money in, and not understood."""

from phb_tui.domain.records.changes import Record
from phb_tui.screens.payments.statement_preview import StatementPreviewScreen
from phb_tui.screens.payments.statement_row import Choice, StatementRowScreen
from phb_tui.services.payments import statement_import
from phb_tui.services.payments.statement_import import Candidate, Preview, State
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens import sample_payments

_FILE = b"""Date,Description,Amount
20/11/2026,choir,-9.00
20/11/2026,choir,-9.00
18/11/2026,Bea,-29.99
17/11/2026,Ada Okafor,-476.30
16/11/2026,South team,3908.75
,,-19.00
"""


def _opened(session: Session, person: Record) -> tuple[StatementPreviewScreen, Preview]:
    """The preview of a file of which a part is there: one row was kept, and one may have been typed."""
    sample_payments.paying(session, person)
    found = statement_import.read(session, _FILE)
    preview = statement_import.preview(session, person.record_id, found)
    if preview.candidates[3].state is State.NEW:
        lines = {each.name: each.id for each in preview.lines(preview.candidates[3].row.day)}
        statement_import.keep(session, person.record_id, [(preview.candidates[3], lines.get("choir", ""))])
        typed = record_lists.new(session, "purchase", person.record_id)
        editing.save(session, typed, {"date": "2026-11-18", "amount": "29.99", "payee": "Bea"})
        preview = statement_import.preview(session, person.record_id, found)
    return StatementPreviewScreen(person.record_id, _FILE, found), preview


def previewed_statement(session: Session, person: Record) -> StatementPreviewScreen:
    """The screen with every sort of row."""
    return _opened(session, person)[0]


def statement_row(session: Session, person: Record) -> StatementRowScreen:
    """The screen of one row, with the lines of the budget."""
    preview = _opened(session, person)[1]
    candidate: Candidate = preview.candidates[2]
    return StatementRowScreen(person.record_id, candidate, preview, Choice(tick=False, line=""), lambda _choice: None)
