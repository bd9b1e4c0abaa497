"""What a new policy changes in the one before, as plain lines for who decides to send it."""

from collections.abc import Iterator, Mapping
from typing import Any

from phb_tui.domain.budget.amounts.pence import shown

_PENCE = {"weekly", "first", "to"}
"""Keys whose whole numbers are pence."""
_KEYS = ("id", "code", "name", "role", "nature", "from")
"""Keys that say which entry of a list is meant."""
_LONGEST = 100


def lines(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """A line for each value that is new, other or no longer there; none when nothing differs."""
    old, new = dict(_values(before)), dict(_values(after))
    found = []
    for name in dict.fromkeys((*old, *new)):
        if name not in new:
            found.append(f"taken out: {name}: {old[name]}")
        elif name not in old:
            found.append(f"new: {name}: {new[name]}")
        elif old[name] != new[name]:
            found.append(f"changed: {name}: {old[name]} becomes {new[name]}")
    return found


def _values(value: object, *place: str) -> Iterator[tuple[str, str]]:
    """Every single value with where it stands, such as "limits (team lead, ongoing), weekly"."""
    if isinstance(value, Mapping) and value:
        for name, inside in value.items():
            yield from _values(inside, *place, str(name))
    elif isinstance(value, list) and value:
        for name, inside in zip(_names(value), value, strict=True):
            yield from _values(inside, *place[:-1], f"{place[-1]} {name}")
    elif place and not (place[-1] in _KEYS and place[-2:-1] and place[-2].endswith(")")):  # else its name says it
        yield ", ".join(place), _shown(value, place[-1])


def _names(entries: list[Any]) -> list[str]:
    """What entries of a list are called: by their keys where these tell them apart, else by their numbers."""
    called = [
        ", ".join(str(entry[key]) for key in _KEYS if entry.get(key)) if isinstance(entry, dict) else ""
        for entry in entries
    ]
    told_apart = all(called) and len(set(called)) == len(called)
    return [f"({name})" for name in called] if told_apart else [str(number) for number in range(1, len(entries) + 1)]


def _shown(value: object, name: str) -> str:
    if value is None:
        return "not set"
    if value in ("", [], {}):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and name in _PENCE:
        return f"\N{POUND SIGN}{shown(value)}"
    words = str(value)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]} ..."
