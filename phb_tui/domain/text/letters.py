"""Letters that look alike: those nobody sees taken out, digits of any width made plain, accents folded."""

import unicodedata

_FOLDED = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "\u0131": "i", "ŧ": "t",
        "ŋ": "n", "ə": "e",
    }
)  # fmt: skip
"""Letters that Unicode does not take apart into a plain letter and an accent."""
_UNSEEN = {"Cf", "Cc", "Cs"}
_APOSTROPHES = "'\u2018\u2019\u02bb\u02bc\u02b9`\u00b4\u2032\uff07"


def seen(text: str) -> str:
    """A number, date or code without characters that nobody sees, its digits plain (0-9), its spaces ordinary ones."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(map(_plain, text)).strip()


def fold(text: str) -> str:
    """A text in small letters without accents, for comparing: "Łukasz" and "lukasz" are the same."""
    if text.isascii() and text.isprintable():
        return text.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_FOLDED)
    return "".join(map(_plain, (letter for letter in apart if not unicodedata.combining(letter))))


def joins(letter: str) -> bool:
    """Whether a character stands inside a name without ending it: an apostrophe of any shape, a dash of any width."""
    return letter in _APOSTROPHES or unicodedata.category(letter) == "Pd"


def _plain(letter: str) -> str:
    if letter.isascii() and letter.isprintable():
        return letter
    if letter.isspace():
        return " "
    if unicodedata.category(letter) in _UNSEEN:
        return ""
    digit = unicodedata.decimal(letter, None)
    return letter if digit is None else str(digit)
