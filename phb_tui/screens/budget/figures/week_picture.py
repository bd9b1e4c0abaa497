"""The week as it would be: days in columns and who comes in rows; in a narrow window each day is a row."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from rich.cells import cell_len, chop_cells, set_cell_size
from textual.content import Content

from phb_tui.domain.budget.amounts import figures
from phb_tui.domain.budget.inputs import COUNTED, Worker
from phb_tui.domain.budget.week_grid import DAYS, BankHoliday, Comes, Week
from phb_tui.domain.budget.working.sentences import share_shown
from phb_tui.domain.calendar import dates, weekdays
from phb_tui.i18n import N_, _, n_
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.widgets.read_only import shortened

_DAY, _SUM = 7, 10
"""Columns of a day, at least, and of the sum at the right."""
_LABEL, _LONGEST_LABEL = 8, 30
"""Columns of who comes, at least and at most; with less room each day is a row."""
_LONGEST_NAME = 60
_SORTS = {
    "evening": N_("{who}, evening"), "waking_night": N_("{who}, night awake"), "sleep_in": N_("{who}, night asleep"),
    "live_in": N_("{who}, living in"),
}  # fmt: skip


def rows(week: Week, width: int) -> list[Content]:
    """Rows of the picture of a week, for a width in columns."""
    wanted = max((cell_len(_who(comes)) for comes in week.comes), default=0) + 2
    day = _columns_of_a_day(week)
    label = min(max(wanted, _LABEL), _LONGEST_LABEL, width - DAYS * day - _SUM)
    drawn = _grid(week, label, day) if label >= _LABEL else _list(week, width)
    notes = [line for sentence in _sentences(week) for line in _wrapped(sentence, width)]
    return [*drawn, *([Content("")] if notes else []), *map(Content, notes)]


def _columns_of_a_day(week: Week) -> int:
    """As many as the longest word of a day needs, with one between two days."""
    words = [_day_name(week, day) for day in range(DAYS)] + [
        _cell(week, comes, d) for comes in week.comes for d in range(DAYS)
    ]
    words += [_hours(sum(comes.minutes[day] for comes in _by_hour(week))) for day in range(DAYS)]
    return max(_DAY, 1 + max(map(cell_len, words + _school(week))))


def _grid(week: Week, label: int, day: int) -> Iterator[Content]:
    """Who comes in rows and the days in columns, with the hours of each day below and of the week at the right."""

    def row(first: str, cells: list[str], last: str) -> str:
        return set_cell_size(first, label) + "".join(" " * (day - cell_len(c)) + c for c in cells) + f"{last:>{_SUM}}"

    yield Content.styled(row("", [_day_name(week, number) for number in range(DAYS)], _("In all")), "bold $bold")
    if week.in_term:
        yield Content.styled(row(_("School"), _school(week), ""), "$quiet")
    for comes in week.comes:
        first, *more = _wrapped(_who(comes), label - 1)
        yield Content(row(first, [_cell(week, comes, d) for d in range(DAYS)], _amount(comes.total, comes.sort)))
        yield from map(Content, more)
    yield Content.styled(SHAPES.rest * (label + DAYS * day + _SUM), "$edge")
    sums = [sum(comes.minutes[number] for comes in _by_hour(week)) for number in range(DAYS)]
    yield Content.styled(row(_("Hours"), [_hours(minutes) for minutes in sums], _total(week)), "bold")


def _list(week: Week, width: int) -> Iterator[Content]:
    """Each day in a row of its own, with who comes, and then the hours of the week."""
    names = 1 + max(cell_len(_day_name(week, day)) for day in range(DAYS))
    for day in range(DAYS):
        there = [
            _who(comes) if comes.sort in COUNTED else f"{_who(comes)} {_cell(week, comes, day)}"
            for comes in week.comes
            if comes.minutes[day]
        ]
        words = "; ".join(there) or (_("nobody comes") if week.inside[day] else _("not in this budget"))
        first, *more = _wrapped(words, max(width - names, 1))
        yield Content.styled(set_cell_size(_day_name(week, day), names), "bold $bold") + Content(first)
        yield from (Content(" " * names + line) for line in more)
    yield Content.styled(_("Hours in all: {hours}").format(hours=_total(week)), "bold")


def _school(week: Week) -> list[str]:
    return [_("term") if is_in else _("break") for is_in in week.in_term]


def _total(week: Week) -> str:
    return figures.hours_shown(sum((comes.total for comes in _by_hour(week)), Fraction(0)))


def _hours(minutes: int) -> str:
    return figures.hours_shown(Fraction(minutes)) if minutes else SHAPES.not_asked


def _by_hour(week: Week) -> list[Comes]:
    """Those who are paid by the hour; nights asleep and days living in are counted, and not hours."""
    return [comes for comes in week.comes if comes.sort not in COUNTED]


def _day_name(week: Week, day: int) -> str:
    on = list(week.period)[day]
    star = "*" if any(each.day == on for each in week.holidays) else " "
    return f"{weekdays.name(day, short=True)}{star}{on.day}"


def _who(comes: Comes) -> str:
    return _(_SORTS.get(comes.sort, "{who}")).format(who=_name(comes.worker))


def _name(worker: Worker) -> str:
    return shortened(worker.name, _LONGEST_NAME) or _("Someone")


def _cell(week: Week, comes: Comes, day: int) -> str:
    if not comes.minutes[day]:
        return SHAPES.not_asked if week.inside[day] else ""
    if comes.sort in COUNTED and comes.minutes[day] == figures.HOUR:
        return _("night") if comes.sort == "sleep_in" else _("day")
    return _amount(Fraction(comes.minutes[day]), comes.sort)


def _amount(minutes: Fraction, sort: str) -> str:
    """Minutes as hours, nights or days: "7 h 30", "1 night"."""
    if sort not in COUNTED:
        return figures.hours_shown(minutes)
    count = figures.decimal(minutes / figures.HOUR)
    if sort == "sleep_in":
        return n_("{count} night", "{count} nights", 1 if count == "1" else 2).format(count=count)
    return n_("{count} day", "{count} days", 1 if count == "1" else 2).format(count=count)


def _sentences(week: Week) -> Iterator[str]:
    """What the rows above cannot say: bank holidays, and hours of which the days are not known."""
    for holiday in week.holidays:
        yield _("* {day} is a bank holiday.").format(day=dates.in_full(holiday.day.isoformat())) + "".join(
            f" {words}" for words in _changes(holiday)
        )
    for comes in week.comes:
        if comes.unplaced:
            yield _("{who}: {hours} this week, on days that are not fixed.").format(
                who=_who(comes), hours=_amount(comes.unplaced, comes.sort)
            )


def _changes(holiday: BankHoliday) -> Iterator[str]:
    for worker in holiday.off:
        yield _("{who} does not come.").format(who=_name(worker))
    for worker, more in holiday.more:
        yield _("{who} is paid {share} more.").format(who=_name(worker), share=share_shown(more))


def _wrapped(words: str, width: int) -> list[str]:
    """Words in rows of at most so many columns; a word that is longer than a row goes on in the next."""
    found = [""]
    for word in words.split():
        for part in chop_cells(word, width):
            line = f"{found[-1]} {part}".strip()
            if cell_len(line) <= width:
                found[-1] = line
            else:
                found.append(part)
    return found
