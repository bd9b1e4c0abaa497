"""Filter of lines by typed words, as in the menu."""

import re
from collections.abc import Sequence

from phb_tui.domain.text import letters


def matching(typed: str, lines: Sequence[str]) -> list[int]:
    """The indexes of the lines that have every typed word, those first in which each begins a word.

    Capital letters and accents make no difference. Without a typed word every line matches, in its order.
    """
    wanted = letters.fold(typed).split()
    folded = [letters.fold(line) for line in lines]
    found = [index for index, line in enumerate(folded) if all(word in line for word in wanted)]
    return sorted(found, key=lambda index: not all(begins_word(word, folded[index]) for word in wanted))


def begins_word(word: str, line: str) -> bool:
    """Whether a word of a line begins with these letters; both are folded."""
    return re.search(rf"(?<!\w){re.escape(word)}", line) is not None
