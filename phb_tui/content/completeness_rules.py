"""What a plan is expected to have, as data read from `completeness.toml`, and tasks from `tasks.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from phb_tui import i18n
from phb_tui.domain.plan.completeness import Rule, Severity
from phb_tui.errors import ContentProblem
from phb_tui.i18n import N_, _

_DAMAGED = N_("The text that ships with phb-tui is damaged. Install phb-tui again.")


@dataclass(frozen=True, slots=True)
class SetUpTask:
    """A task that comes with a way of managing the money.

    Attributes:
        id: Its stable name.
        ways: The ways of managing the money it is for.
        what: What is to be done.
        who: Who usually does it.
        weeks: In how many weeks; local custom, to be changed in the task.
        since: Fields ("kind.field") with dates, of which the earliest is what the weeks count from; else from now.
    """

    id: str
    ways: tuple[str, ...]
    what: str
    who: str
    weeks: int
    since: tuple[str, ...] = ()


def rules() -> tuple[Rule, ...]:
    """What a plan is expected to have.

    Raises:
        ContentProblem: The file is damaged.
    """
    return _rules(i18n.chosen())


def set_up_tasks(way: str) -> tuple[SetUpTask, ...]:
    """The tasks that come with a way of managing the money, in order.

    Raises:
        ContentProblem: The file is damaged.
    """
    return tuple(task for task in _tasks(i18n.chosen()) if way in task.ways)


@cache
def _rules(chosen: str) -> tuple[Rule, ...]:
    del chosen  # only a part of the cache's key
    try:
        return tuple(_rule(written) for written in _read("completeness.toml")["rule"])
    except (KeyError, TypeError, ValueError) as error:
        raise ContentProblem(_(_DAMAGED)) from error


def _rule(written: dict[str, Any]) -> Rule:
    values = {**written, "say": _(written["say"]), "standing": Severity(written["standing"])}
    return Rule(**{**values, "any": tuple(written.get("any", ()))})


@cache
def _tasks(chosen: str) -> tuple[SetUpTask, ...]:
    del chosen
    try:
        return tuple(
            SetUpTask(
                **{
                    **task,
                    "ways": tuple(task["ways"]),
                    "what": _(task["what"]),
                    "who": _(task["who"]),
                    "since": tuple(task.get("since", ())),
                }
            )
            for task in _read("tasks.toml")["task"]
        )
    except (KeyError, TypeError) as error:
        raise ContentProblem(_(_DAMAGED)) from error


def _read(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(resources.files(__package__).joinpath("data", name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ContentProblem(_(_DAMAGED)) from error
