"""How long what a person writes may be, and what becomes of a change that is longer than can be sent."""

import json

from msgspec.structs import replace

from phb_tui.domain.records.changes import REMOVED, Change, canonical, hash_of

LONGEST_TEXT = 100_000
"""The most letters in one field that somebody types; a conversation written out has a tenth of it."""
LONGEST_CHANGE = 3 * 1024 * 1024
"""The most bytes of a change's text; a request that central takes has room for one of them."""
LONGEST_RECORD = 16 * 1024 * 1024
"""About the most bytes of a record with everything that stands beside; an answer has room for several."""
_STANDS_FOR, _BYTES = "too_long", "bytes"


def pieces(change: Change) -> list[Change]:
    """A change as one or more that are short enough to send, wherever that can be.

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
    """What travels: a change's text, or what stands for it when it is too long to be sent."""
    text = change.text.encode()
    if len(text) <= LONGEST_CHANGE:
        return text
    return canonical({_STANDS_FOR: hash_of(text), _BYTES: len(text)}).encode()


def stands_for(text: bytes) -> str:
    """The hash of the change that a text stands for; "" when it stands for none."""
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
"""For the number and the hash that a change gets when it is kept."""
