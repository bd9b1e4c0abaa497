from collections.abc import Sequence
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.errors import KeyFileProblem, PassphraseTooWeak
from phb_tui.keys.passphrase import FLOOR, STANDARD, Kdf, check_strength, derive, normalise, suggest


def words() -> list[str]:
    return resources.files("phb_tui.keys").joinpath("words.txt").read_text(encoding="ascii").split()


@pytest.mark.parametrize(
    ("m_kib", "t", "p"),
    [(65535, 3, 4), (1048577, 3, 4), (65536, 2, 4), (65536, 11, 4), (65536, 3, 0), (65536, 3, 17)],
)
def test_work_outside_the_limits_cannot_be_asked_for(m_kib: int, t: int, p: int) -> None:
    """Work below the floor or above the ceiling is refused before any of it is done."""
    with pytest.raises(KeyFileProblem, match="safe limits"):
        Kdf(m_kib, t, p)


def test_new_files_get_256_mib() -> None:
    """A new key file costs 256 MiB, three passes, four lanes a guess; the floor is 64 MiB."""
    assert Kdf(262144, 3, 4) == STANDARD
    assert Kdf(65536, 3, 4) == FLOOR


def test_whitespace_and_unicode_form_do_not_matter() -> None:
    """Surrounding whitespace, NFC or NFD, and full-width letters come to the same bytes."""
    forms = ["  Zoë ﬁsh\n", "Zoe\u0308 fish", "\u00a0\uff3a\uff4fë fish\t"]
    assert {bytes(normalise(form)) for form in forms} == {"Zoë fish".encode()}


@given(st.text())
def test_normalising_twice_changes_nothing(typed: str) -> None:
    """Whatever is typed, its normal form is its own normal form."""
    once = normalise(typed)
    assert normalise(once.decode("utf-8", "surrogatepass")) == once


def test_inside_whitespace_and_case_do_matter() -> None:
    """Only what surrounds a passphrase is dropped: case and inner spaces stay."""
    assert len({bytes(normalise(text)) for text in ("red fish", "redfish", "Red fish", "red  fish")}) == 4


@pytest.mark.parametrize("change", ["passphrase", "salt", "ad", "kdf"])
def test_every_input_changes_the_key(change: str) -> None:
    """The root key depends on passphrase, salt, work and what it is bound to."""
    plain = derive(bytearray(b"a"), b"s" * 16, FLOOR, b"x")
    other = {
        "passphrase": lambda: derive(bytearray(b"b"), b"s" * 16, FLOOR, b"x"),
        "salt": lambda: derive(bytearray(b"a"), b"t" * 16, FLOOR, b"x"),
        "ad": lambda: derive(bytearray(b"a"), b"s" * 16, FLOOR, b"y"),
        "kdf": lambda: derive(bytearray(b"a"), b"s" * 16, Kdf(65536, 3, 3), b"x"),
    }
    assert other[change]() != plain


@pytest.mark.parametrize("typed", ["", "otter picnic x", "  otter picnic x  "])
def test_fewer_than_15_characters_are_too_short(typed: str) -> None:
    """Fourteen characters are refused with the number wanted, and surrounding spaces do not count."""
    with pytest.raises(PassphraseTooWeak, match="15 characters or more"):
        check_strength(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "123456789012345678",
        "password password 12",
        "P@ssw0rd P@ssw0rd!",
        "Personal Health Budget 2026",
        "qwertyuiop asdfghjkl",
        "correct horse battery staple",
        "To be or not to be!",
    ],
)
def test_what_is_guessed_first_is_refused(typed: str) -> None:
    """One repeated letter, keys in a row, famous phrases and the product's own words are refused."""
    with pytest.raises(PassphraseTooWeak, match="very common words"):
        check_strength(typed)


@pytest.mark.parametrize("typed", ["Margaret Okonkwo 1961", "margaretmargaret", "margaret.okonkwo@nhs.net"])
def test_own_name_is_refused(typed: str) -> None:
    """A passphrase that is only the user's own name, with or without numbers, is refused."""
    with pytest.raises(PassphraseTooWeak, match="your own name"):
        check_strength(typed, ["Margaret Okonkwo"])


@pytest.mark.parametrize(
    "typed", ["Margaret likes wobbly purple trifle", "ydych chi'n hoffi coffi?", "q7!kZ_w0v#Lp2&xR"]
)
def test_a_long_enough_passphrase_of_any_kind_is_taken(typed: str) -> None:
    """No composition rules: words, another language or random characters all do."""
    check_strength(typed, ["Margaret Okonkwo"])


def test_refusals_do_not_repeat_the_passphrase() -> None:
    """The sentence of a refusal holds nothing that was typed and no name."""
    with pytest.raises(PassphraseTooWeak) as refusal:
        check_strength("Okonkwo Okonkwo", ["Margaret Okonkwo"])
    assert "okonkwo" not in refusal.value.sentence.lower()


def test_suggestion_is_four_words_of_the_list() -> None:
    """A suggestion is four words of the list, and good enough by our own rules."""
    suggestion = suggest()
    check_strength(suggestion)
    assert len(suggestion.split()) == 4
    assert set(suggestion.split()) <= set(words())


def test_suggestion_uses_the_randomness_it_is_given() -> None:
    """The words come from the choice passed in, one pick each from the whole list."""
    seen: list[Sequence[str]] = []

    def nth(sequence: Sequence[str]) -> str:
        seen.append(sequence)
        return sequence[len(seen)]

    assert suggest(nth).split() == words()[1:5]
    assert all(list(sequence) == words() for sequence in seen)


def test_word_list_is_long_plain_and_without_repeats() -> None:
    """The list has more than 2,000 different lower-case words of 3 to 9 letters, so four give 44 bits."""
    listed = words()
    assert len(set(listed)) == len(listed) > 2_000
    assert all(word.isascii() and word.isalpha() and word.islower() and 3 <= len(word) <= 9 for word in listed)
