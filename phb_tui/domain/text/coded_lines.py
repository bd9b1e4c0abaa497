"""Codes (SNOMED CT) for the lines of a text: the first code for the first line, and so on."""


def moved(codes: str, then: str, now: str) -> bool:
    """Return whether a coded line was changed or removed since the codes were written.

    Args:
        codes: One a line; an empty line is no code.
        then: The text as it was when the codes were written.
        now: The text.
    """
    before, after = then.splitlines(), now.splitlines()
    return any(
        code.strip() and _at(before, place) != _at(after, place) for place, code in enumerate(codes.splitlines())
    )


def _at(lines: list[str], place: int) -> str:
    return " ".join(lines[place].split()) if place < len(lines) else ""
