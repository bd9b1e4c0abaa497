"""The language of the app's own words: gettext catalogues, and a made-up language that shows what was forgotten.

Words at the level of a module or a class are marked with `N_` and looked up with `_` where they are shown, so that the
language can be chosen after they were imported.
"""

import gettext
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

ENGLISH, PSEUDO = "en", "pseudo"
CATALOGUES = Path(__file__).with_name("locale")
_ASKED = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_ACCENTS = str.maketrans("aeiouyAEIOUYcnsz", "àéïôûýÀÉÏÔÛÝçñšž")
_KEEP = re.compile(r"(\{[^}]*\}|\n)")


class Pseudo(gettext.NullTranslations):
    """English with accents, in brackets and a third longer, as translations are."""

    def gettext(self, message: str) -> str:
        """The words as if translated; placeholders and line breaks stay."""
        if not message.strip() or message.startswith("["):  # a problem's sentence may be looked up twice
            return message
        parts = (part if _KEEP.fullmatch(part) else part.translate(_ACCENTS) for part in _KEEP.split(message))
        return f"[{''.join(parts)}{'~' * (len(message) // 3)}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """One or many, as if translated."""
        return self.gettext(msgid1 if n == 1 else msgid2)


_chosen = ENGLISH


def use(language: str) -> None:
    """Show words in this language from now on; English where it has none."""
    global _chosen  # noqa: PLW0603 - one language for the whole program
    _chosen = language


def wanted(environment: Mapping[str, str]) -> str:
    """The first language the environment asks for that there is a catalogue for; English when there is none.

    Args:
        environment: As the system gives it; LANGUAGE, LC_ALL, LC_MESSAGES and LANG count, in this order.
    """
    asked = next((environment[name] for name in _ASKED if environment.get(name)), "")
    for name in asked.split(":"):
        code = name.partition(".")[0]
        if code and gettext.find("phb_tui", CATALOGUES, [code, code.partition("_")[0]]):
            return code
    return ENGLISH


def chosen() -> str:
    """The language in use."""
    return _chosen


def _(message: str) -> str:
    """A message in the language in use."""
    return _catalogue(_chosen).gettext(message)


def n_(one: str, many: str, count: int) -> str:
    """A message that depends on a count, in the language in use."""
    return _catalogue(_chosen).ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """A message that is looked up later, where it is shown."""
    return message


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == PSEUDO:
        return Pseudo()
    return gettext.translation("phb_tui", CATALOGUES, [language, language.partition("_")[0]], fallback=True)
