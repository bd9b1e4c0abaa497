"""The words that ship with the app, as data: the six steps, the I statements, the money, About Me, plain explanations.

Titles, statements, groups and the descriptions of the ways to manage the money are word for word from the NHS England
Personal Health Budget Quality Framework (January 2023), Open Government Licence v3.0. Everything beside them is ours.
Ids are for ever: answers refer to them.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from phb_tui import i18n
from phb_tui.errors import ContentProblem
from phb_tui.i18n import N_, _

T = TypeVar("T")

FILES = ("steps", "money", "glossary")
STATEMENTS = 27
OURS = {"short", "purpose", "plain", "ask", "means", "follow_up", "who_holds", "who_arranges", "term", "meaning"}
"""Texts that may be translated. Titles, statements and descriptions are the framework's."""
DAMAGED = N_("The text that ships with phb-tui is damaged. Install phb-tui again.")
CREDIT = (
    "Step titles, I statements, right-to-have groups and the ways to manage the money: NHS England, Personal Health "
    "Budget (PHB) Quality Framework, January 2023. Contains public sector information licensed under the "
    "Open Government Licence v3.0. About Me headings: Professional Record Standards Body (PRSB), About Me v2.01."
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One I statement and our prompts beside it.

    Attributes:
        id: Such as S1-I1; never changes, never reused.
        step: 1 to 6.
        number: Its place in the step.
        text: Word for word from the framework.
        plain: The same in easier words.
        ask: What the nurse can ask aloud.
        means: What it means.
        follow_up: A question to ask next.
    """

    id: str
    step: int
    number: int
    text: str
    plain: str
    ask: str
    means: str
    follow_up: str


@dataclass(frozen=True, slots=True)
class Step:
    """One of the six steps.

    Attributes:
        title: Word for word from the framework.
        short: A label that fits a list.
        purpose: What it is for, said to the person.
    """

    id: str
    number: int
    title: str
    short: str
    purpose: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class MoneyOption:
    """A way to manage the money.

    Attributes:
        text: Word for word from the framework.
        plain: The same in easier words.
        who_holds: Who has the money.
        who_arranges: Who arranges the care.
        your_part: What the person would have to do.
    """

    code: str
    name: str
    text: str
    plain: str
    who_holds: str
    who_arranges: str
    your_part: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A group with a legal right to have a Personal Health Budget, word for word from the framework."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term of art in plain words."""

    term: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that ships as text."""

    steps: tuple[Step, ...]
    money: tuple[MoneyOption, ...]
    groups: tuple[Group, ...]
    glossary: tuple[Term, ...]
    credit: str = CREDIT

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All 27, in order."""
        return tuple(statement for step in self.steps for statement in step.statements)

    def statement(self, statement_id: str) -> Statement:
        """One statement.

        Raises:
            ContentProblem: There is none with this id.
        """
        for statement in self.statements:
            if statement.id == statement_id:
                return statement
        raise ContentProblem(_("This statement is from a newer phb-tui. Install the newest phb-tui to see it."))

    def step(self, number: int) -> Step:
        """One step, 1 to 6.

        Raises:
            ContentProblem: There is none with this number.
        """
        for step in self.steps:
            if step.number == number:
                return step
        raise ContentProblem(_("This step is from a newer phb-tui. Install the newest phb-tui to see it."))


def load() -> Content:
    """Everything that ships, in the language in use, read and checked once.

    Raises:
        ContentProblem: A file is damaged.
    """
    return _load(i18n.chosen())


@cache
def _load(chosen: str) -> Content:
    del chosen  # only a part of the cache's key: texts are looked up in the language in use
    folder = resources.files("phb_tui.content").joinpath("data")
    try:
        texts = {name: (folder / f"{name}.toml").read_text("utf-8") for name in FILES}
    except (OSError, UnicodeDecodeError) as error:
        raise ContentProblem(_(DAMAGED)) from error
    return parse(texts)


def parse(texts: Mapping[str, str]) -> Content:
    """Content from its files' texts by name.

    Raises:
        ContentProblem: One is not TOML, lacks something, or has something twice.
    """
    try:
        data = {name: tomllib.loads(text) for name, text in texts.items()}
        content = Content(
            steps=tuple(_step(step) for step in data["steps"]["step"]),
            money=tuple(_made(MoneyOption, option) for option in data["money"]["option"]),
            groups=tuple(_made(Group, group) for group in data["money"]["group"]),
            glossary=tuple(_made(Term, term) for term in data["glossary"]["term"]),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise ContentProblem(_(DAMAGED)) from error
    _check(content)
    return content


def _step(step: dict[str, Any]) -> Step:
    number = step["number"]
    statements = tuple(
        Statement(step=number, number=place, **_translated(statement))
        for place, statement in enumerate(step["statement"], start=1)
    )
    return Step(
        statements=statements, **{name: value for name, value in _translated(step).items() if name != "statement"}
    )


def _translated(values: dict[str, Any]) -> dict[str, Any]:
    """Our own words in the language in use; the framework's are its own."""
    return {name: _(value) if name in OURS else value for name, value in values.items()}


def _made(kind: Callable[..., T], values: dict[str, Any]) -> T:
    lists = {name: tuple(map(_, value)) for name, value in values.items() if isinstance(value, list)}
    return kind(**{**_translated(values), **lists})


def _check(content: Content) -> None:
    keys = (
        [statement.id for statement in content.statements],
        [option.code for option in content.money],
        [group.code for group in content.groups],
        [term.term for term in content.glossary],
    )
    good = (
        _whole(content)
        and all(len(found) == len(set(found)) for found in keys)
        and len(content.statements) == STATEMENTS
        and [step.number for step in content.steps] == [1, 2, 3, 4, 5, 6]
        and all(re.fullmatch(rf"S{s.step}-I{s.number}", s.id) for s in content.statements)
    )
    if not good:
        raise ContentProblem(_("The text that ships with phb-tui is not whole. Install phb-tui again."))


def _whole(value: object) -> bool:
    """Whether every text and every list inside has something in it."""
    if is_dataclass(value):
        return all(_whole(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, tuple):
        return bool(value) and all(map(_whole, value))
    if isinstance(value, str):
        return bool(value.strip())
    return isinstance(value, int)
