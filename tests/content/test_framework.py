"""Nothing in the national framework is left without a place in the app, and its words are unchanged."""

import hashlib
from pathlib import Path

import pytest

from phb_tui.content import forms, standards
from phb_tui.content.steps import load
from phb_tui.screens.navigation import registry
from tools import coverage

WRITTEN = dict(
    line.split() for line in Path(__file__).with_name("framework_ids.txt").read_text("utf-8").splitlines() if line
)
"""Each item's id and the start of the SHA-256 of its words, taken from the framework itself."""
ELSEWHERE = {"changed", "plan"}
"""Screens that are reached from another one and not by their own name."""


def test_every_item_of_the_framework_is_there() -> None:
    """The items are those of the framework, in its order."""
    assert [item.id for item in standards.items()] == list(WRITTEN)


def test_the_counts_are_the_frameworks() -> None:
    """There are 27 statements, 38 operational standards, 39 items of additional information and 5 on decisions."""
    operational = [item for item in standards.items() if item.group == standards.STANDARD and item.id.count(".") == 0]
    more = [item for item in standards.items() if item.group == standards.MORE]
    decisions = [item for item in standards.items() if item.group == standards.DECISION]
    assert (len(load().statements), len(operational), len(more), len(decisions)) == (27, 38, 39, 5)


@pytest.mark.parametrize("item", standards.items(), ids=lambda item: item.id)
def test_the_words_are_the_frameworks(item: standards.Item) -> None:
    """Not a letter of an item differs from the framework."""
    assert hashlib.sha256(item.words.encode()).hexdigest()[:16] == WRITTEN[item.id]


@pytest.mark.parametrize("item", standards.items(), ids=lambda item: item.id)
def test_an_item_lives_where_it_says(item: standards.Item) -> None:
    """Every field, screen and paper that serves an item exists."""
    for name in item.served:
        if name.startswith("screen:"):
            screen = name.removeprefix("screen:")
            assert screen in coverage.SCREENS
            assert screen in registry.NAMES or screen in ELSEWHERE
        elif name.startswith("paper:"):
            assert name.removeprefix("paper:") in coverage.PAPERS
        else:
            kind, field = name.split(".")
            assert field in {asked.name for asked in forms.form(kind).fields()}
    assert item.served
    assert item.explanation.endswith(".")


def test_the_page_of_coverage_is_up_to_date() -> None:
    """docs/framework-coverage.md says what the content says."""
    assert coverage.PAGE.read_text("utf-8") == coverage.page()


@pytest.mark.parametrize("step", range(1, 7))
def test_every_step_has_something_to_expect(step: int) -> None:
    """Each step has standards and more to read."""
    assert standards.of(step, standards.STANDARD)
    assert standards.of(step, standards.MORE)
