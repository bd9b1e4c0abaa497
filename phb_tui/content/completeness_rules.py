"""What a plan is expected to have, as data read from `completeness.toml`, and tasks from `tasks.toml`."""

from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from phb_tui.content import toml_loader
from phb_tui.content.content_model import ContentModel, Many, Text, Translated, content_error, unique
from phb_tui.content.form_field import Kind
from phb_tui.content.steps import load
from phb_tui.domain.plan.completeness import Rule, Severity


class PlanRule(ContentModel):
    """A `domain.plan.completeness.Rule` as it is written; that says what each field is."""

    id: Text
    say: Translated
    place: Kind
    standing: Annotated[Severity, Field(strict=False)]
    source: Text
    any: Many[Text] = ()
    each: str = ""
    readable: str = ""
    only: str = ""
    when: str = ""
    open: Many[Text] = ()

    @model_validator(mode="after")
    def _asks_one_thing(self) -> "PlanRule":
        if sum(map(bool, (self.any, self.each, self.readable))) != 1:
            raise content_error("a rule has one of any, each and readable", "any")
        return self


class PlanRules(ContentModel):
    """What `completeness.toml` holds."""

    rule: Annotated[Many[PlanRule], unique("id")]

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules, in order."""
        return tuple(Rule(**dict(written)) for written in self.rule)


def _known_option(code: str) -> str:
    if code not in {option.code for option in load().money}:
        raise content_error("there is no way '{code}' to manage the money", code=code)
    return code


class SetUpTask(ContentModel):
    """A task that comes with a way of managing the money.

    Attributes:
        id: Its stable name.
        ways: The ways of managing the money it is for.
        what: What is to be done.
        who: Who usually does it.
        weeks: In how many weeks; local custom, to be changed in the task.
        days_before: How many days before the first day instead, below nought after it; None where that does not matter.
        employs: Whether it is for an employer of assistants, and only where somebody is employed.
        one_off: Whether it is for a one-off budget, which takes these tasks and no others.
        since: Fields ("kind.field") with dates, of which the earliest is what the weeks count from; else from now.
    """

    id: Text
    ways: Annotated[Many[Annotated[str, AfterValidator(_known_option)]], Field(min_length=1)]
    what: Translated
    who: Translated
    weeks: int = Field(ge=0)
    days_before: int | None = None
    employs: bool = False
    one_off: bool = False
    since: Many[Text] = ()


class SetUpTasks(ContentModel):
    """What `tasks.toml` holds."""

    task: Annotated[Many[SetUpTask], unique("id")]


def rules() -> tuple[Rule, ...]:
    """What a plan is expected to have.

    Raises:
        ContentProblem: The file is damaged.
    """
    return toml_loader.read(PlanRules, "completeness.toml").rules


def set_up_tasks() -> tuple[SetUpTask, ...]:
    """Every task that setting a budget up can take, in order.

    Raises:
        ContentProblem: The file is damaged.
    """
    return toml_loader.read(SetUpTasks, "tasks.toml").task
