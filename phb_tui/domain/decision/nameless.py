"""Whether words can stand in a log without names: nobody who is known is in them, and nothing looks like a name."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}-][^\W\d_]+)*")
_SENTENCE_ENDS = re.compile(r"(?:^|[.!?:;\n]\s*|[\"(\N{LEFT DOUBLE QUOTATION MARK}])\s*$")
_NUMBER = re.compile(r"\d[\d \-/]{4,}\d|\d{4,}")
_SHORTEST = 2
COMMON = frozenset(
    {
        "a", "all", "an", "and", "another", "as", "at", "because", "but", "by", "everything", "for", "help", "i", "if",
        "in", "it", "less", "money", "more", "most", "my", "no", "not", "nothing", "on", "one", "only", "our", "please",
        "so", "some", "support", "that", "the", "their", "there", "these", "they", "this", "to", "too", "we", "what",
        "when", "with", "without", "yes", "you", "your",
    }
)  # fmt: skip
"""Words with which a sentence may begin without a name being suspected."""
CAPITALS = frozenset({"I", "I'm", "I'd", "I'll", "I've", "NHS", "PHB", "GP", "OK"})
"""Words with a capital letter that are no name."""


def names_nobody(text: str, known: Iterable[str]) -> bool:
    """Whether a text is certain to name nobody; a doubt is a no.

    Args:
        text: What somebody wrote.
        known: Names of everybody who is known, in one or several words.
    """
    if "@" in text or _NUMBER.search(text):
        return False
    names = {word.casefold() for name in known for word in _WORD.findall(name) if len(word) >= _SHORTEST}
    return all(_is_no_name(text, found, names) for found in _WORD.finditer(text))


def _is_no_name(text: str, found: re.Match[str], names: set[str]) -> bool:
    word = found[0].replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    plain = word.casefold().removesuffix("'s")
    if plain in names:
        return False
    if word in CAPITALS or not word[0].isupper():
        return True
    return bool(_SENTENCE_ENDS.search(text[: found.start()])) and plain in COMMON
