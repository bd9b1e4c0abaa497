"""A request, a decision and an agreement with everything filled in, and what letters say of them."""

import re
from collections.abc import Iterator

from phb_tui.documents import text
from phb_tui.documents.model import Block, Document, Facts, Heading, Items, Plain, Said, Sums, Undecided
from phb_tui.domain.records.changes import Record, Value
from phb_tui.services.documents.letters import agreement_letter, decision_letter
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.screen_harness import somebody

LONGEST = 25
"""Words that a sentence of ours has at most."""
LOCAL = {"contact": "Ring 01234 567890, Monday to Friday", "appeal": "Now in another way.", "advocacy": "Someone new"}
COPIED = {
    "appeal": "Write to us within 28 days.", "complaint": "Write to the Invented Complaints Team.",
    "advocacy": "Invented Advocacy, 01234 111111",
}  # fmt: skip
ASKED: dict[str, Value] = {
    "wish": "I want Maria to come, and to go swimming.", "considered:plan": "yes", "considered:views_family": "yes",
    "considered_words": "Your daughter told us about the nights.", "promised_by": "2026-12-04", "risk": "high",
    "risk_words": "You may fall at night.", "evidence": "The letter from the clinic",
}  # fmt: skip
DECIDED: dict[str, Value] = {
    **COPIED, "reasons": "The hours are what you need.", "conditions": "Maria is trained first.",
    "alternatives": "A gym with a pool.", "way_decided": "Direct payment: you want to choose who comes.",
    "learning": "ONLY-FOR-STAFF", "decided_role": "team lead", "decided_on": "2026-12-07", "until": "2027-01-11",
}  # fmt: skip
AGREED: dict[str, Value] = {
    "kind": "direct_payment", "holder": "nominee", "holder_agreed_on": "2026-11-20",
    "account": "own_separate", "account_by": "Ann Invented, team lead",
    "terms": "March 2026", "keep_records_years": "6", "notice_weeks": "4", "start_date": "2026-12-07",
    "signed_by": "Annie Example", "signed_role": "the person", "signed_on": "2026-11-21",
    "nhs_signed_by": "Sam Brown", "nhs_signed_on": "2026-11-22",
    **{f"read:{code}": "yes" for code in (*agreement_letter.YOUR_SIDE, *agreement_letter.OUR_SIDE)},
}  # fmt: skip


def made(laptop: Session, request: Record, **values: Value) -> Document:
    """The letter about a decision that is not kept, so that one request can be tried with many."""
    link: dict[str, Value] = {"request_id": request.record_id, "outcome": "approved", "decided_name": "Ann Invented"}
    fields = {**link, **DECIDED, **values}
    decision = Record(request.team_id, "decision", "not kept", request.person_id, fields)
    return decision_letter.document(laptop, request, decision)


def written(document: Document) -> str:
    """A paper as text on wide lines."""
    return text.write(document, 400)


def headings(document: Document) -> list[str]:
    """The names of its chapters."""
    return [block.words for block in document.blocks if isinstance(block, Heading) and block.level == 1]


def signed(laptop: Session, **values: Value) -> Record:
    """An agreement of somebody new with everything filled in."""
    person_id = somebody(laptop).record_id
    contact = editing.save(laptop, record_lists.new(laptop, "contact", person_id), {"name": "Beth Price"})
    new = record_lists.new(laptop, "agreement", person_id)
    return editing.save(laptop, new, {**AGREED, "holder_id": contact.record_id, **values})


def sentences(document: Document) -> Iterator[str]:
    """Each sentence and label of ours on a paper."""
    for block in document.blocks:
        for line in _ours(block):
            yield from re.split(r"(?<=[.]) ", line)


def _ours(block: Block) -> list[str]:
    match block:
        case Plain(words):
            return [words]
        case Heading(_level, words):
            return [words]
        case Items(found):
            return list(found)
        case Facts(rows):
            return [label for label, _value in rows]
        case Sums(sums):
            return [words for row in sums for words in (row.label, *row.how)]
        case Said() | Undecided():
            return []
