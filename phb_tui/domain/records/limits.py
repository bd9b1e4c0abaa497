"""Size limits of fields, changes and records, and splitting of changes that are too large to send."""

import json

from msgspec.structs import replace

from phb_tui.domain.records.changes import REMOVED, Change, canonical, hash_of

LONGEST_TEXT = 100_000
"""Maximum letters typed into one field; a conversation written out has a tenth of it."""
LONGEST_CHANGE = 3 * 1024 * 1024
"""Maximum bytes of a change's text, so that a request holds at least one."""
LONGEST_RECORD = 16 * 1024 * 1024
"""Approximate maximum bytes of a record with its conflicting values, so that a reply holds several."""
_STANDS_FOR, _BYTES = "too_long", "bytes"


def pieces(change: Change) -> list[Change]:
    """Split a change into changes that are short enough to send, where possible.

    Fields are apart where they are too long together. Then what was on the screen before is left out, longest first:
    where it is missing both versions are kept, so nothing is replaced unseen. A single value that is too long stays.
    """
    if _fits(change):
        return [change]
    made = []
    for name, value in change.fields.items():
        shown = change.before if name == REMOVED else {n: v for n, v in change.before.items() if n in {name, REMOVED}}
        piece = replace(change, fields={name: value}, before=shown)
        for longest in sorted(shown, key=lambda one: len(str(shown[one])), reverse=True):
            if _fits(piece):
                break
            piece = replace(piece, before={n: v for n, v in piece.before.items() if n != longest})
        made.append(piece)
    return made


def to_send(change: Change) -> bytes:
    """Bytes to send for a change: its text, or a placeholder with its hash when it is too long."""
    text = change.text.encode()
    if len(text) <= LONGEST_CHANGE:
        return text
    return canonical({_STANDS_FOR: hash_of(text), _BYTES: len(text)}).encode()


def stands_for(text: bytes) -> str:
    """Hash of the change that a placeholder stands for; "" when the text is no placeholder."""
    try:
        found = json.loads(text) if len(text) < LONGEST_TEXT else None
    except (ValueError, RecursionError):
        return ""
    if not isinstance(found, dict) or found.keys() != {_STANDS_FOR, _BYTES}:
        return ""
    return str(found[_STANDS_FOR])


def _fits(change: Change) -> bool:
    return len(change.text.encode()) <= LONGEST_CHANGE - _ROOM


_ROOM = 1024
"""Bytes reserved for the number and hash that a change gets when it is logged."""
