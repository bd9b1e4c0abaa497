"""The words that ship with the app, as data: the six steps, the I statements, the money, About Me, plain explanations.

Titles, statements, groups and the descriptions of the ways to manage the money are word for word from the NHS England
Personal Health Budget Quality Framework (January 2023), Open Government Licence v3.0. Everything beside them is ours.
Ids are for ever: answers refer to them.
"""

from functools import cache, cached_property
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from phb_tui import i18n
from phb_tui.content import toml_loader
from phb_tui.content.content_model import ContentModel, Many, Text, Translated, content_error, unique
from phb_tui.errors import ContentProblem
from phb_tui.i18n import _

STATEMENTS = 27
LAST_STEP = 6
CREDIT = (
    "Step titles, I statements, right-to-have groups and the ways to manage the budget: NHS England, Personal Health "
    "Budget (PHB) Quality Framework, January 2023. Contains public sector information licensed under the "
    "Open Government Licence v3.0. About Me headings: Professional Record Standards Body (PRSB), About Me v2.01."
)


class Statement(ContentModel):
    """One I statement and our prompts beside it.

    Attributes:
        id: Such as S1-I1; never changes, never reused.
        text: Word for word from the framework.
        plain: The same in easier words.
        ask: What the nurse can ask aloud.
        means: What it means.
        follow_up: A question to ask next.
        served: Where what it speaks of is recorded or shown, beside the conversation: fields, screens and papers.
        explanation: The same in a sentence.
    """

    id: Annotated[str, StringConstraints(pattern=r"^S[1-6]-I[1-9]$")]
    text: Text
    plain: Translated
    ask: Translated
    means: Translated
    follow_up: Translated
    served: Many[Text] = ()
    explanation: str = ""

    @cached_property
    def step(self) -> int:
        """1 to 6."""
        return int(self.id[1])

    @cached_property
    def number(self) -> int:
        """Its place in the step."""
        return int(self.id[-1])


class Step(ContentModel):
    """One of the six steps.

    Attributes:
        title: Word for word from the framework.
        short: A label that fits a list.
        purpose: What it is for, said to the person.
    """

    id: Text
    number: int = Field(ge=1, le=LAST_STEP)
    title: Text
    short: Translated
    purpose: Translated
    statements: Annotated[Many[Statement], Field(alias="statement", min_length=1)]

    @model_validator(mode="after")
    def _has_its_ids(self) -> "Step":
        if self.id != f"S{self.number}":
            raise content_error("step {number} is not '{id}'", "id", number=self.number, id=self.id)
        for place, statement in enumerate(self.statements):
            if (statement.step, statement.number) != (self.number, place + 1):
                raise content_error("'{id}' is not the id of its place", "statement", place, "id", id=statement.id)
        return self


class MoneyOption(ContentModel):
    """A way to manage the money.

    Attributes:
        text: Word for word from the framework.
        plain: The same in easier words.
        who_holds: Who has the money.
        who_arranges: Who arranges the care.
        your_part: What the person would have to do.
    """

    code: Text
    name: Text
    text: Text
    plain: Translated
    who_holds: Translated
    who_arranges: Translated
    your_part: Annotated[Many[Translated], Field(min_length=1)]


class Group(ContentModel):
    """A group with a legal right to have a Personal Health Budget, word for word from the framework."""

    code: Text
    text: Text


class Term(ContentModel):
    """A term of art in plain words."""

    term: Translated
    meaning: Translated


class StepsFile(ContentModel):
    """What `steps.toml` holds."""

    step: Many[Step]

    @model_validator(mode="after")
    def _whole(self) -> "StepsFile":
        if [step.number for step in self.step] != list(range(1, LAST_STEP + 1)):
            raise content_error("these are not the steps 1 to 6 in order", "step")
        if sum(len(step.statements) for step in self.step) != STATEMENTS:
            raise content_error("these are not 27 statements", "step")
        return self


class MoneyFile(ContentModel):
    """What `money.toml` holds."""

    option: Annotated[Many[MoneyOption], unique("code"), Field(min_length=1)]
    group: Annotated[Many[Group], unique("code"), Field(min_length=1)]


class GlossaryFile(ContentModel):
    """What `glossary.toml` holds."""

    term: Annotated[Many[Term], unique("term"), Field(min_length=1)]


class Content(ContentModel):
    """Everything that ships as text."""

    steps: tuple[Step, ...]
    money: tuple[MoneyOption, ...]
    groups: tuple[Group, ...]
    glossary: tuple[Term, ...]
    credit: str = CREDIT

    @cached_property
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
    money = toml_loader.read(MoneyFile, "money.toml")
    return Content(
        steps=toml_loader.read(StepsFile, "steps.toml").step,
        money=money.option,
        groups=money.group,
        glossary=toml_loader.read(GlossaryFile, "glossary.toml").term,
    )
