"""Dates and times are shown in one way, that of `docs/words.md`: one folder formats them, for screens and papers."""

import ast
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

import phb_tui
from phb_tui.domain.calendar import moments

PACKAGE = Path(phb_tui.__file__).parent
SNAPSHOTS = Path(__file__).parents[2] / "screens" / "snapshots"
HERE = PACKAGE / "domain" / "calendar"
FILE_NAMES = {PACKAGE / "services" / "sync" / "usb_exchange.py"}
"""What names a file by the time; nobody reads it as a date."""
CODE = re.compile(r"%[-#]?[aAbBcdeHIjmMpSuUVwWxXyY]")
"""A part of a date as Python's formats have it."""
FIGURES = re.compile(r"(?<![\w.])(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{1,2}/\d{1,2})(?![\w.])")
"""A date in figures alone."""
NAMES = {"strftime", "ctime", "asctime", "month_name", "month_abbr", "day_name", "day_abbr"}


def formatted(source: str) -> Iterator[int]:
    """The lines in which Python code formats a date or a time by itself."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None and CODE.search(ast.unparse(node)):
            yield node.lineno
        if isinstance(node, ast.Attribute) and node.attr in NAMES:
            yield node.lineno


def test_one_folder_formats_dates_and_times() -> None:
    """No module but those of the calendar formats a date, a month's name or a time of day, and no template does."""
    modules = {path for path in PACKAGE.rglob("*.py") if not path.is_relative_to(HERE)} - FILE_NAMES
    found = {str(path): lines for path in sorted(modules) if (lines := list(formatted(path.read_text("utf-8"))))}
    templates = [path for ending in ("j2", "typ") for path in PACKAGE.rglob(f"*.{ending}")]
    assert (len(modules) > 300, len(templates) > 3) == (True, True)
    assert found == {}
    assert [path.name for path in templates if re.search("strftime|datetime\\.", path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "planted",
    [
        'f"{day:%d/%m/%Y}"',
        'f"at {now:%H:%M}"',
        'day.strftime("%x")',
        "calendar.month_name[day.month]",
        'f"{day:%-d %b}"',
    ],
)
def test_another_way_would_be_found(planted: str) -> None:
    """Each way in which Python code formats a date or a time is noticed; a share in per cent is none."""
    assert list(formatted(planted)) == [1]
    assert list(formatted('f"{share:.1%} {number:%}"')) == []


def test_no_screen_shows_a_date_in_figures() -> None:
    """No picture of a screen has a date such as 4/12/2026 or 2026-12-04; a hint with spaces says how to type one."""
    shown = {file.stem: FIGURES.findall(file.read_text("utf-8")) for file in SNAPSHOTS.glob("*.txt")}
    assert len(shown) > 40
    assert {name: dates for name, dates in shown.items() if dates} == {}
    assert FIGURES.findall("due 4/12, 04.12.2026 or 2026-12-04") == ["4/12", "04.12.2026", "2026-12-04"]


def test_a_moment_has_no_weekday_on_a_screen_and_has_one_on_paper() -> None:
    """When something was written is a day and a time; paper, which is read without the app, says the weekday too."""
    at = datetime(2026, 11, 23, 9, 5)  # noqa: DTZ001 - only how it is said
    said = moments.in_words(at), moments.in_short(at), moments.in_full(at)
    assert said == ("23 November 2026 09:05", "23 Nov 2026 09:05", "Monday 23 November 2026 09:05")
