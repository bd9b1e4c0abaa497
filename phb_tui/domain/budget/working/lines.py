"""Lines of a worked-out budget: an amount in pence, and how it was worked out in plain sentences."""

from dataclasses import dataclass

RECURRING, START_UP, ONE_OFF = "recurring", "start_up", "one_off"


@dataclass(frozen=True, slots=True)
class Line:
    """One shown amount.

    Attributes:
        id: Of the record it comes from, with what it is and the tax year where a record has several lines.
        label: What it is, for lists and papers.
        working: Sentences with figures by which it can be checked.
        pence: Whole pence; below nought for a credit.
        nature: recurring, start_up or one_off.
        way: How it is managed.
        stream: Who pays: joint, health, social or education.
        provisional: Whether a figure that it uses is not known yet.
        is_care: Whether a percentage fee is taken of it.
    """

    id: str
    label: str
    working: tuple[str, ...]
    pence: int
    nature: str
    way: str
    stream: str
    provisional: bool = False
    is_care: bool = False
