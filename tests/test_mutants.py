"""The list of mistakes that tests have to notice cannot rot, and the tool that plants them can say no."""

from pathlib import Path

import pytest

from tools import mutants
from tools.mutants import Mutant, MutantProblem

LEAST = 24
RIGHT = 'def is_full(count: int) -> bool:\n    """Whether five are there."""\n    return count >= 5\n'
TESTS = {
    "test_five_are_enough": "assert rule.is_full(5)",
    "test_none_is_not_enough": "assert not rule.is_full(0)",
    "test_that_fails_anyway": "assert rule.is_full(4)",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of one rule and three tests, of which one fails."""
    for folder in ("phb_tui", "tests"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").touch()
    (tmp_path / "phb_tui" / "rule.py").write_text(RIGHT, "utf-8")
    body = "".join(f"\n\ndef {name}():\n    {check}\n" for name, check in TESTS.items())
    (tmp_path / "tests" / "test_rule.py").write_text(f"from phb_tui import rule\n{body}", "utf-8")
    return tmp_path


def mistake(old: str = ">= 5", new: str = "> 5", test: str = "test_five_are_enough") -> Mutant:
    return Mutant("boundary", "Five are enough.", "phb_tui/rule.py", old, new, (test,))


def test_every_mistake_can_be_planted_and_names_its_tests() -> None:
    """Each entry's old text is in its file exactly once, its new text is another program, its tests are there."""
    found = mutants.load()
    assert len(found) >= LEAST
    for mutant in found:
        mutants.planted(mutant)
        assert len(mutants.node_ids(mutant)) >= 1
        assert mutant.rule.endswith(".")


def test_a_mistake_that_a_test_notices_is_killed_by_it(root: Path) -> None:
    """The report names the test, and the project itself is not touched."""
    (result,) = mutants.run([mistake()], root)
    assert result.killed_by == "test_five_are_enough"
    assert (root / "phb_tui" / "rule.py").read_text("utf-8") == RIGHT


def test_a_mistake_that_no_test_notices_lives(root: Path) -> None:
    """A test that passes with the mistake does not count as one that notices it."""
    (result,) = mutants.run([mistake(test="test_none_is_not_enough")], root)
    assert result.killed_by == ""


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (mistake(old=">= 6"), "0 times"),
        (mistake(old="l"), "times"),
        (mistake(new=">>"), "no Python"),
        (mistake(new=">=  5"), "changes nothing"),
        (mistake(test="test_nothing"), "0 files"),
        (mistake(test="test_that_fails_anyway"), "do not all pass"),
    ],
)
def test_an_entry_that_proves_nothing_is_an_error(wrong: Mutant, why: str, root: Path) -> None:
    """A text that is not there once, a mistake that is none, and a test that fails anyway are each named."""
    with pytest.raises(MutantProblem, match=why):
        list(mutants.run([wrong], root))
