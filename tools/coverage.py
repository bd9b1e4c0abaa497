"""Writes docs/framework-coverage.md: `python -m tools.coverage`."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from phb_tui.content import forms, standards
from phb_tui.content.steps import load

EPICS = Path(__file__).with_name("capability.toml")
PAGE = Path(__file__).parents[1] / "docs" / "framework-coverage.md"

SCREENS = {
    "expect": "What to expect in this step (F6 in a step)",
    "talk": "Talk about this step",
    "budget": "The budget: its lines and totals",
    "working": "How it was worked out",
    "what_if": "What if: two budgets side by side",
    "money_pictures": "Where the money goes, and the week",
    "enough": "Is it enough?",
    "copies": "Make a copy to print or to send",
    "money": "Ways to manage your budget: read together",
    "about_me": "About me",
    "plan": "The plan: read it, check it, agree it, print it",
    "changed": "The plan: what changed since it was agreed",
    "trend": "What you told us, visit by visit",
    "to_do": "To do",
    "ask": "Ask for a decision",
    "decide": "Decide",
    "decisions": "Asked and decided",
    "agreement": "What was agreed and signed",
    "payments": "Payments and purchases",
    "spending": "What is left of each line",
    "visit": "Today's visit",
}
"""Screens by the name that `served` in content/data/framework.toml knows them by."""

PAPERS = {
    "plan": "On paper: the plan, its chapter about the money",
    "decision_letter": "On paper: the letter about a decision",
    "change_letter": "On paper: the letter about a change of the money",
    "agreement_letter": "On paper: the letter about an agreement",
}
"""Papers by the name that `served` knows them by; each can be made as a PDF, a web page or a text."""

TITLES = {
    standards.PERSON: "What a person should expect",
    standards.STANDARD: "Operational standards",
    standards.MORE: "Additional information",
    standards.DECISION: "Transparency in decisions",
}

HEAD = """# Where the national framework lives in the app

Every item of the NHS England Personal Health Budget Quality Framework (January 2023), one line each.
`phb_tui/content/data/framework.toml` and `steps.toml` hold the words; this page is written from them by
`python -m tools.coverage`, and a test fails when it is not up to date. Every item can also be read together under
"What to expect in this step" (F6 in a step). At its end stand the epics of the NHS capability C32 that the app serves
(`tools/capability.toml`). A test opens each screen, makes each paper and finds each field that a row about the budget
or about deciding names.
"""


def place(name: str) -> str:
    """A field, a screen or a paper by the words a nurse sees.

    Raises:
        KeyError: There is no such screen or paper.
        ContentProblem: There is no such kind of record.
    """
    kind, _dot, field = name.partition(".")
    if name.startswith("screen:"):
        return SCREENS[name.removeprefix("screen:")]
    if name.startswith("paper:"):
        return PAPERS[name.removeprefix("paper:")]
    return f"{forms.form(kind).title} / {forms.label(kind, field)}"


def epics() -> list[dict[str, Any]]:
    """The epics of the NHS capability that the app serves, as `capability.toml` has them."""
    found: list[dict[str, Any]] = tomllib.loads(EPICS.read_text("utf-8"))["epic"]
    return found


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield HEAD
    content = load()
    yield f"## I statements ({len(content.statements)})\n"
    yield "| Item | Where | Why there |\n| --- | --- | --- |"
    for statement in content.statements:
        where = f"Step {statement.step} / {SCREENS['talk']} / statement {statement.number}"
        places = "; ".join([where, *map(place, statement.served)])
        why = f"Asked; the answer and the words are kept. {statement.explanation}".strip()
        yield f"| {statement.id} {_short(statement.text)} | {places} | {why} |"
    for group, title in TITLES.items():
        found = [item for item in standards.items() if item.group == group]
        yield f"\n## {title} ({len(found)})\n"
        yield "| Item | Where | Why there |\n| --- | --- | --- |"
        for item in found:
            yield f"| {item.id} {_short(item.words)} | {'; '.join(map(place, item.served))} | {item.explanation} |"
    yield f"\n## NHS capability C32, Personal Health Budget ({len(epics())})\n"
    yield "| Epic | Where | Why there |\n| --- | --- | --- |"
    for epic in epics():
        where = "; ".join(map(place, epic["served"]))
        yield f"| {epic['id']} {epic['words']} ({epic['level']}) | {where} | {epic['explanation']} |"
    yield ""


def _short(words: str) -> str:
    return words if len(words) <= 90 else f"{words[:86].rsplit(' ', 1)[0]} ..."  # noqa: PLR2004 - a table's column


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
