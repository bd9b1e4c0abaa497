"""Normalises letters for comparing: invisible ones removed, digits plain, accents folded."""

import re
import unicodedata

_FOLDED = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "\u0131": "i", "ŧ": "t",
        "ŋ": "n", "ə": "e",
    }
)  # fmt: skip
"""Letters that Unicode does not decompose into a plain letter and an accent."""
_UNSEEN = {"Cf", "Cc", "Cs"}
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Letters and marks that are drawn as nothing (Unicode: Default_Ignorable_Code_Point)."""
_APOSTROPHES = "'\u2018\u2019\u02bb\u02bc\u02b9`\u00b4\u2032\uff07"


def seen(text: str) -> str:
    """A number, date or code without invisible characters, with plain digits (0-9) and spaces."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(map(_plain, text)).strip()


def fold(text: str) -> str:
    """A text in lower case without accents, for comparing: "Łukasz" and "lukasz" are equal."""
    if text.isascii() and text.isprintable():
        return text.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_FOLDED)
    return "".join(map(_plain, (letter for letter in apart if not unicodedata.combining(letter))))


def joins(letter: str) -> bool:
    """Whether a character joins parts of a name: an apostrophe or dash of any shape."""
    return letter in _APOSTROPHES or unicodedata.category(letter) == "Pd"


def _plain(letter: str) -> str:
    if letter.isascii() and letter.isprintable():
        return letter
    if letter.isspace() or letter == "\u2800":  # a Braille cell without a dot
        return " "
    if unicodedata.category(letter) in _UNSEEN or _IGNORABLE.match(letter):
        return ""
    digit = unicodedata.decimal(letter, None)
    return letter if digit is None else str(digit)
