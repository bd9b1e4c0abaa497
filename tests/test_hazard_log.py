"""The hazard log says what stands between a person and harm: what it names has to be there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from phb_tui.content import forms

ROOT = Path(__file__).parents[1]
LOG = ROOT / "docs" / "clinical-safety" / "hazard-log.md"
FIRST_FOUND = 25
"""As many hazards were found first; none of them ever leaves the log."""
NO_CONTROL = "open: no control yet"
THREE = 3
"""A risk that is undesirable; beyond it none is acceptable."""
CONTROLS = ("Design", "Warning", "Training")
PARTS = ("Hazard", "Causes", "Effect", "Evidence", "Initial risk", "Residual risk", "Open", "Status")
SEVERITIES = ("Minor", "Significant", "Considerable", "Major", "Catastrophic")

ENTRY = re.compile(r"^- \*\*(.+?):\*\*\s+(.+(?:\n  .+)*)", re.MULTILINE)
"""A part of an entry: its name, and its words with the lines that belong to it."""

Entry = dict[str, str]
"""What stands under one hazard, by the name of the part."""


def entries(log: str) -> dict[int, Entry]:
    """The hazards of a log by their number."""
    found = re.split(r"^### (\d+)\. .+\n", log, flags=re.MULTILINE)[1:]
    parted = zip(map(int, found[::2]), found[1::2], strict=True)
    return {number: dict(ENTRY.findall(text)) for number, text in parted}


def matrix(log: str) -> dict[tuple[str, str], int]:
    """The risk by severity and likelihood, as the log's own table has it."""
    rows = re.findall(r"^\| (Very low|Low|Medium|High|Very high) \| (\d(?: \| \d){4}) \|$", log, re.MULTILINE)
    return {
        (severity, likelihood): int(risk)
        for likelihood, risks in rows
        for severity, risk in zip(SEVERITIES, risks.split(" | "), strict=True)
    }


def names(text: str) -> list[str]:
    """What a text has between back-ticks."""
    return re.findall(r"`([^`]+)`", text)


def evidence(entry: Entry) -> list[str]:
    """The tests that an entry calls its evidence."""
    return [name for name in names(entry.get("Evidence", "")) if name.startswith("tests/")]


@cache
def defined(path: Path) -> frozenset[str]:
    """The functions, classes and methods of a file, and the constants of its first level."""
    found: set[str] = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            inner = (n for n in node.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
            found |= {f"{node.name}.{method.name}" for method in inner}
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return frozenset(found)


def is_there(name: str) -> bool:
    """Whether a name of the log's is a test, something of ours, a file, a screen, or a field of a form."""
    path, _colons, inside = name.partition("::")
    if inside:
        return (ROOT / path).is_file() and inside in defined(ROOT / path)
    if "/" in path or path.endswith(".md"):
        return (ROOT / path).exists()
    if path.endswith("Screen"):
        return any(path in defined(file) for file in (ROOT / "phb_tui" / "screens").rglob("*.py"))
    kind, _dot, field = path.partition(".")
    return kind in forms.kinds() and (not field or forms.field(kind, field) is not None)


def missing(log: str) -> list[str]:
    """What the log names and nobody finds."""
    return [name for name in names(log) if not is_there(name)]


def bare(log: str) -> list[int]:
    """The hazards that neither name a test nor say that there is no control."""
    found = entries(log).items()
    return [number for number, entry in found if not evidence(entry) and NO_CONTROL not in entry["Status"]]


def test_everything_the_log_names_is_there() -> None:
    """Every test, function, file, screen and field that the hazard log names exists."""
    assert missing(LOG.read_text("utf-8")) == []


def test_no_hazard_leaves_the_log() -> None:
    """The first 25 hazards and all that came after stand there under their numbers, none left out."""
    numbers = list(entries(LOG.read_text("utf-8")))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= FIRST_FOUND


def test_every_hazard_has_its_parts() -> None:
    """Each says what it is, its causes, its effect, its controls, their evidence, both risks, what is open."""
    for number, entry in entries(LOG.read_text("utf-8")).items():
        assert [part for part in PARTS if not entry.get(part)] == [], number
        assert [part for part in CONTROLS if entry.get(part)], number


def test_a_control_has_a_test_or_the_log_says_that_there_is_none() -> None:
    """A hazard names a test that proves its control, or its status is "open: no control yet" and it names none."""
    log = LOG.read_text("utf-8")
    assert bare(log) == []
    uncontrolled = [entry for entry in entries(log).values() if NO_CONTROL in entry["Status"]]
    assert [evidence(entry) for entry in uncontrolled if evidence(entry)] == []


@pytest.mark.parametrize("which", ["Initial risk", "Residual risk"])
def test_a_risk_is_what_the_scales_make_of_it(which: str) -> None:
    """Severity and likelihood give the risk that stands in the log's own table."""
    log = LOG.read_text("utf-8")
    table = matrix(log)
    assert len(table) == len(SEVERITIES) ** 2
    for number, entry in entries(log).items():
        found = re.match(r"(\w+) x (\w+(?: \w+)?) = (\d)", entry[which])
        assert found, (number, which)
        assert table[found[1], found[2]] == int(found[3]), (number, which)


def test_where_it_stands_is_what_the_entries_say() -> None:
    """The table that is read first names each hazard that is not down to 2, and each that is not wholly controlled."""
    log = LOG.read_text("utf-8")
    rows = dict(re.findall(r"^\| (Residual risk .+|Controlled in part|Open: .+) \| (.+) \|$", log, re.MULTILINE))
    found = {
        name: [] if cell == "none" else [int(number) for number in cell.split(", ")] for name, cell in rows.items()
    }
    risks = {number: int(entry["Residual risk"][-1]) for number, entry in entries(log).items()}
    states = {number: entry["Status"].casefold() for number, entry in entries(log).items()}
    assert found == {
        "Residual risk 4 or 5": [number for number, risk in risks.items() if risk > THREE],
        "Residual risk 3": [number for number, risk in risks.items() if risk == THREE],
        "Controlled in part": [number for number, state in states.items() if state == "controlled in part"],
        "Open: no control yet": [number for number, state in states.items() if state == NO_CONTROL],
    }
    assert set(states.values()) <= {"controlled", "controlled in part", NO_CONTROL}


def test_a_name_that_is_gone_is_noticed() -> None:
    """The check can fail: a test, a field and a screen that are not there are each found out."""
    gone = "`tests/test_hazard_log.py::test_of_nothing`, `tests/test_nothing.py::test_a`, `person.shoe`, `NoScreen`"
    assert missing(gone) == names(gone)
    assert missing("`tests/test_hazard_log.py::names`, `person.died_on`, `AlertsScreen`, `flag`") == []
