"""Compares payees as a bank writes them."""

import re

from phb_tui.domain.text import letters

_WORDS = re.compile(r"\w+")


def key(payee: str) -> str:
    """What two payees have in common that are the same: small letters without accents, one space between words.

    Numbers stay: "Transfer 4411" and "Transfer 4412" are two accounts.
    """
    return " ".join(_WORDS.findall(letters.fold(payee)))
