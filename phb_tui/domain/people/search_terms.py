"""Search index of people: normalises names, numbers and dates of a person, and what was typed in the search."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import REMOVED, YES, Value
from phb_tui.domain.text import letters, nhs_number

Fields = Mapping[str, Value]

NAMES = ("given_name", "family_name", "known_as", "alias", "full_name")
"""Fields of a person that hold one of their names."""
AROUND: Mapping[str, tuple[str, ...]] = {
    "contact": ("name", "contact"),
    "emergency_contact": ("name", "contact"),
    "contact_detail": ("phone", "other"),
}
"""Fields with another person's name or phone number, by kind of record."""

_LONGEST = 500
"""Maximum letters of a field that are indexed, since a name or number stands at its beginning."""
_SHORTEST = 4
"""Minimum digits at the end of a number that find it."""
_ABROAD = 12
"""Digits of a phone number that begins with 44, the United Kingdom's."""
_MOST_ASKED = 60
"""Maximum letters among which a number or a date of birth is looked for."""
_MOST_PARTS = 5
"""Maximum words of a number or a date: "Thursday 3rd of May 1962", "+44 (0)7700 900 123"."""
_CALLED = {"born", "dob", "d", "o", "b", "nhs", "no", "number", "tel", "phone", "mobile"}
"""Words that say what a number or a date is; the list of people and the heads of screens show "born" and "NHS"."""
_PHONE = re.compile(r"\+?\(?\d[\d ().-]{3,20}\d")


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """Index entry of a person, for sorting, searching and comparing.

    Attributes:
        family: The family name, folded.
        given: The first name, folded.
        name: The letters of the whole name, as from `_name`: equal for two people of one name.
        nhs: The ten digits of the NHS number; "" for none, and for a number that is nobody's.
        born: The date of birth as kept, when it is a whole date.
        own: Search terms from the person's own names.
        others: Search terms from the names of their contacts.
        numbers: NHS number and phone numbers, and their ends.
        births: The date of birth as 19620503, 196205 or 1962; both that are possible when the century is not known.
    """

    family: str
    given: str
    name: str
    nhs: str
    born: str
    own: str
    others: str
    numbers: str
    births: str


def entry(person: Fields, around: Iterable[tuple[str, Fields]] = ()) -> IndexEntry | None:
    """Build the index entry of a person; None when their record was removed.

    Args:
        person: The person's own fields.
        around: The kind and the fields of each record about them that `AROUND` names.
    """
    if person.get(REMOVED) == YES:
        return None
    given, family = _text(person, "given_name"), _text(person, "family_name")
    nhs = nhs_number.digits_of(_text(person, "nhs_number"))
    beside = [
        _text(fields, name) for kind, fields in around if fields.get(REMOVED) != YES for name in AROUND.get(kind, ())
    ]
    numbers = [nhs] if nhs else []
    for text in (_text(person, "phone"), *beside):
        numbers += _phones(text)
    return IndexEntry(
        family=letters.fold(family).strip(),
        given=letters.fold(given).strip(),
        name=_name(f"{given} {family}"),
        nhs="" if len(set(nhs)) == 1 else nhs,
        born=_whole(_text(person, "date_of_birth")),
        own=_words([given, family, f"{given} {family}", *(_text(person, name) for name in NAMES[2:])]),
        others=_words([_text(person, "phone"), *beside]),
        numbers=" ".join(dict.fromkeys(end for number in numbers for end in _ends(number))),
        births=_birth(_text(person, "date_of_birth")),
    )


def asked(typed: str, today: date) -> str:
    """Convert typed text to a full-text query in which every word is a prefix; "" when it is empty.

    A number or a date of birth may stand before or behind a name, and behind what it is called: "NHS 999 000 0018".
    """
    split = _tokens(_split(typed))
    if not split:
        return ""
    ways = {_all(split): None, _all(_tokens(_squeezed(typed))): None, _all(["".join(split)]): None}
    for words, figures in _parted(letters.seen(typed[:_MOST_ASKED]).split()):
        for way in _by_figures(" ".join(figures), today):
            ways[" AND ".join([*map(_starts, _named(words)), f"({way})"])] = None
    return " OR ".join(f"({way})" for way in ways)


def _parted(parts: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Every way to part what was typed in words and, before or behind them, a number or a date."""
    for count in range(1, min(len(parts), _MOST_PARTS) + 1):
        for words, figures in ((parts[:-count], parts[-count:]), (parts[count:], parts[:count])):
            if not re.search(r"\d", " ".join(words)):  # "4 May 1962" is no "May 1962"
                yield words, figures


def _named(words: list[str]) -> list[str]:
    """The parts of a name among words, without what a number or a date is called."""
    return [word for word in _tokens(_split(" ".join(words))) if word not in _CALLED]


def _by_figures(figures: str, today: date) -> Iterator[str]:
    """Queries for a number and for each date of birth that a text can be."""
    digits = _national(figures)
    if digits and not re.search(r"[^\W\d]", letters.fold(figures)):
        yield f"numbers : {_starts(digits)}"
    for birth in _births(figures, today):
        yield f"births : {_starts(birth)}"


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return "" if value is None else str(value)[:_LONGEST]


def _split(text: str) -> str:
    """A folded text with apostrophes and dashes replaced by spaces: "o brien"."""
    return letters.fold("".join(" " if letters.joins(letter) else letter for letter in text))


def _squeezed(text: str) -> str:
    """A folded text without apostrophes and dashes: "obrien"."""
    return letters.fold("".join(letter for letter in text if not letters.joins(letter)))


def _name(text: str) -> str:
    """The letters of a name alone, from the place on where they sort first.

    Spaces, dashes and apostrophes make no difference, nor whether the first name or the family name comes first.
    """
    name = "".join(_tokens(_squeezed(text)))
    return min((name[at:] + name[:at] for at in range(len(name))), default="")


def _tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def _words(texts: Iterable[str]) -> str:
    """Search terms of several texts in every spelling: split, joined, and all as one."""
    found: list[str] = []
    for text in (line for lines in texts for line in lines.splitlines()):
        parted = _tokens(_split(text))
        found += [*parted, *_tokens(_squeezed(text)), "".join(parted)]
    return " ".join(dict.fromkeys(found))


def _ends(number: str) -> list[str]:
    """A number and all of its endings, so that any remembered part finds it."""
    return [number[start:] for start in range(max(len(number) - _SHORTEST, 0) + 1)]


def _phones(text: str) -> list[str]:
    numbers = (_national(number) for line in _lines(text) for number in _PHONE.findall(line))
    return [number for number in numbers if len(number) > _SHORTEST]


def _lines(text: str) -> list[str]:
    """Lines of a text with plain digits and spaces."""
    return [letters.seen(line) for line in text.splitlines()]


def _national(typed: str) -> str:
    """Digits of a phone number as dialled within the United Kingdom."""
    plain = letters.seen(typed)
    digits = re.sub(r"\D", "", plain.replace("(0)", ""))
    if plain.startswith("+44"):
        return f"0{digits[2:]}"
    if digits.startswith("0044"):
        return f"0{digits[4:]}"
    return f"0{digits[2:]}" if digits.startswith("44") and len(digits) == _ABROAD else digits


def _whole(kept: str) -> str:
    found = kept if re.fullmatch(r"\d{4}-\d{2}-\d{2}", kept) else ""
    return found or (read.isoformat() if (read := dates.parse(kept)) else "")


def _birth(kept: str) -> str:
    """Digits of a stored date of birth, of both it can be, or of its year alone."""
    if days := [_whole(kept)] if _whole(kept) else [day.isoformat() for day in _days(letters.seen(kept))]:
        return " ".join(days).replace("-", "")
    found = re.search(r"(?:1[89]|20)\d\d(?:-\d\d)?", kept)
    return found[0].replace("-", "") if found else ""


def _births(typed: str, today: date) -> list[str]:
    """Possible dates of birth in typed text; a two-digit year gives both centuries."""
    plain = letters.seen(typed)
    if not re.search(r"\d", plain):
        return []
    if days := _days(re.sub(r"^(\d\d)(\d\d)(\d\d|\d{4})$", r"\1 \2 \3", plain)):
        return [day.isoformat().replace("-", "") for day in days]
    found = re.fullmatch(r"(?:about )?(\d{4})(?:-(\d\d))?", dates.tidy(plain, today))
    return [found[1] + (found[2] or "")] if found else []


def _days(text: str) -> list[date]:
    """The whole dates that a text can be; a two-digit year gives both centuries."""
    short = re.fullmatch(r"(.*\D)(\d\d)", text)
    years = [f"{short[1]}{century}{short[2]}" for century in (19, 20)] if short else [text]
    return [day for day in map(dates.parse, years) if day]


def _starts(word: str) -> str:
    return f'"{word}"*'


def _all(words: list[str]) -> str:
    return " AND ".join(map(_starts, words))
