"""Passphrases: normalisation, key derivation with Argon2id, a check of their strength, and suggestions.

A passphrase is never logged, stored or put into a message.
"""

import secrets
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final, cast

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from phb_tui.errors import KeyFileProblem, PassphraseTooWeak

ROOT_BYTES: Final = 32
MIN_CHARACTERS: Final = 15
SUGGESTED_WORDS: Final = 4

_MEMORY_KIB: Final = range(64 * 1024, 1024 * 1024 + 1)
_PASSES: Final = range(3, 11)
_LANES: Final = range(1, 17)
_DISTINCT_LEFT: Final = 6
_SHORTEST_NAME: Final = 3
_OUTSIDE_LIMITS: Final = (
    "The key file asks for unlocking work outside the safe limits, so it was not used. "
    "Do not delete anything: tell your IT team."
)
_TOO_SHORT: Final = (
    f"That passphrase is too short: use {MIN_CHARACTERS} characters or more. Four random words are easy to remember."
)
_TOO_COMMON: Final = (
    "That passphrase is too easy to guess: it is little more than very common words, numbers or keys in a row. "
    "Four random words are easy to remember."
)
_TOO_PERSONAL: Final = (
    "That passphrase is too easy to guess: it is little more than your own name. "
    "Four random words are easy to remember."
)
_COMMON: Final = """
passphrase password passcode passwort letmein welcome changeme default secret login logon admin administrator master
qwertyuiop qwerty qwert asdfghjkl asdfgh asdf zxcvbnm zxcvbn zxcv poiuytrewq lkjhgfdsa mnbvcxz qazwsx qazwsxedc
abcdefghijklmnopqrstuvwxyz abcdefghijklmnop abcdefghijklmno abcdefgh abcdef abcd zyxwvutsrqponmlkjihgfedcba
iloveyou ilove iamthe mynameis thisismy thisisa thisis princess football liverpool arsenal chelsea everton manchester
united monkey dragon sunshine superman batman pokemon starwars trustno test testing tester computer laptop
personalhealthbudget personal healthcare health budget budgets nurse nursing nurses advisor adviser advisors patient
patients hospital community trust england visit visits phbtui phb nhs care home nhsnet
summer winter spring autumn christmas january february march april june july august september october november december
monday tuesday wednesday thursday friday saturday sunday
correcthorsebatterystaple thequickbrownfox jumpsoverthelazydog jumpedoverthelazydog tobeornottobe thatisthequestion
maytheforcebewithyou onceuponatime twinkletwinklelittlestar maryhadalittlelamb godsavetheking
godsavethequeen keepcalmandcarryon opensesame inthebeginning happybirthday hellothere helloworld humptydumpty
incywincyspider youllneverwalkalone thereisnoplacelikehome nevergonnagiveyouup openthedoor letmeinplease
"""
_LOOKALIKES: Final = str.maketrans("013457@$!", "oleastasi")


@dataclass(frozen=True, slots=True)
class Kdf:
    """The cost parameters of Argon2id, always within safe limits.

    The lower limits stop a changed key file from making guessing cheap, the upper ones from freezing the laptop.

    Args:
        m_kib: Memory in KiB, 64 MiB to 1 GiB.
        t: Passes over the memory, 3 to 10.
        p: Lanes, 1 to 16.

    Raises:
        KeyFileProblem: A number is outside its limits.
    """

    m_kib: int
    t: int
    p: int

    def __post_init__(self) -> None:
        if self.m_kib not in _MEMORY_KIB or self.t not in _PASSES or self.p not in _LANES:
            raise KeyFileProblem(_OUTSIDE_LIMITS)


STANDARD: Final = Kdf(m_kib=262144, t=3, p=4)
"""The parameters of every new key file."""

FLOOR: Final = Kdf(m_kib=65536, t=3, p=4)
"""The lowest parameters that a key file may have; tests use them."""


def normalise(passphrase: str) -> bytearray:
    """Normalise a typed passphrase, so that every keyboard and system yields the same bytes.

    Args:
        passphrase: As typed or pasted.

    Returns:
        NFKC without surrounding whitespace, as UTF-8, in memory that can be wiped.
    """
    return bytearray(_plain(passphrase).encode("utf-8", "surrogatepass"))


def derive(passphrase: bytearray, salt: bytes, kdf: Kdf, ad: bytes) -> bytearray:
    """Derive the root key from a normalised passphrase with Argon2id.

    Args:
        passphrase: From `normalise`; the caller wipes it.
        salt: The slot's salt.
        kdf: The cost parameters.
        ad: Associated data that the result is bound to.

    Returns:
        32 bytes; the caller wipes them.

    Raises:
        MemoryError: The laptop has not that much free memory.
    """
    root = bytearray(ROOT_BYTES)
    work = Argon2id(salt=salt, length=ROOT_BYTES, iterations=kdf.t, lanes=kdf.p, memory_cost=kdf.m_kib, ad=ad)
    # The type stubs ask for bytes; a bytearray works too and, unlike bytes, can be wiped afterwards.
    work.derive_into(cast("bytes", passphrase), root)
    return root


def check_strength(passphrase: str, names: Iterable[str] = ()) -> None:
    """Refuse a passphrase that is short, or made of common words or the user's names; there are no other rules.

    Args:
        passphrase: As typed.
        names: The user's names, sign-in name and e-mail address.

    Raises:
        PassphraseTooWeak: With a sentence that says what to do instead.
    """
    text = _plain(passphrase).casefold()
    if len(text) < MIN_CHARACTERS:
        raise PassphraseTooWeak(_TOO_SHORT)
    common = _COMMON.split()
    if _guessable(text, common):
        raise PassphraseTooWeak(_TOO_COMMON)
    own = [part for name in names for part in _words(_plain(name).casefold()) if len(part) >= _SHORTEST_NAME]
    if _guessable(text, [*common, *own]):
        raise PassphraseTooWeak(_TOO_PERSONAL)


def suggest(choice: Callable[[Sequence[str]], str] = secrets.choice) -> str:
    """Suggest a passphrase of four random words.

    Args:
        choice: Picks one of a sequence; only tests pass their own.

    Returns:
        The words with spaces between them.
    """
    words = resources.files("phb_tui.keys").joinpath("words.txt").read_text(encoding="ascii").split()
    return " ".join(choice(words) for _ in range(SUGGESTED_WORDS))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _words(text: str) -> list[str]:
    return "".join(character if character.isalnum() else " " for character in text).split()


def _guessable(text: str, known: Iterable[str]) -> bool:
    """Whether fewer than `_DISTINCT_LEFT` distinct characters are left without known words, digits and spaces."""
    terms = sorted(known, key=len, reverse=True)
    return any(_distinct_left(reading, terms) < _DISTINCT_LEFT for reading in (text, text.translate(_LOOKALIKES)))


def _distinct_left(text: str, terms: Iterable[str]) -> int:
    symbols = {character for character in text if not (character.isalnum() or character.isspace())}
    rest = "".join(_words(text))
    for term in terms:
        rest = rest.replace(term, "")
    return len(symbols | {character for character in rest if not character.isdigit()})
