"""A team's policy for money as an administrator's JSON file gives it: checked, and each fault named by entry and field.

Everything in it may be left out. Keys that are not known here travel untouched, for laptops of a newer version.
"""

import json
from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from phb_tui.central.auth import roles
from phb_tui.domain.budget.amounts import figures
from phb_tui.domain.budget.reading.fields import read_day
from phb_tui.domain.budget.reading.line_records import SORTS
from phb_tui.domain.budget.reading.records import EMPLOYED_AS, HELD
from phb_tui.domain.records.changes import canonical
from phb_tui.domain.records.limits import LONGEST_TEXT
from phb_tui.errors import SettingsProblem

_NAMES = ("id", "code", "name", "role", "what", "from")
"""What an entry of a list is called by, the first that it has."""
_MOST_NAME = 40
_SAY = {
    "int_type": "write a whole number; amounts are in pence",
    "string_type": "write it in quotes",
    "string_pattern_mismatch": "write something here",
    "missing": "this is missing",
    "greater_than_equal": "it is less than nothing",
    "less_than_equal": "it is too high",
    "bool_type": "write true or false",
    "list_type": "write a list",
    "dict_type": "write names and values",
    "model_type": "write names and values",
}
"""What is said for the faults that pydantic finds, by its names for them."""


class PolicyFileProblem(SettingsProblem):
    """The file is no policy.

    Attributes:
        problems: What is wrong, each with its entry and field.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__("The file is no policy, so nothing was written.")
        self.problems = problems


def _wrong(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("policy", "{sentence}", {"sentence": sentence})


def _one_of(*known: str) -> AfterValidator:
    def check(text: str) -> str:
        if text not in known:
            raise _wrong(f"write one of: {', '.join(known)}")
        return text

    return AfterValidator(check)


def _day(text: str) -> str:
    found = read_day(text)
    if found is None or found.isoformat() != text:
        raise _wrong("write a day such as 2027-01-04")
    return text


def _figure(figure: "figures.Figure[int]", example: str) -> AfterValidator:
    def check(text: str) -> str:
        if figure.read(text) is None:
            raise _wrong(f'write a figure in quotes, such as "{example}"')
        return text

    return AfterValidator(check)


Words = Annotated[str, StringConstraints(pattern=r"\S")]
Day = Annotated[str, AfterValidator(_day)]
Money = Annotated[str, _figure(figures.MONEY, "14.50")]
Percent = Annotated[str, _figure(figures.PERCENT, "12.07")]
Pence = Annotated[int, Field(ge=0, le=figures.MOST_PENCE)]
Count = Annotated[int, Field(ge=0, le=figures.MOST_COUNT)]
Nature = Annotated[str, _one_of("ongoing", "one_off", "wheelchair")]
Role = Annotated[str, _one_of(*roles.ROLES)]


class _Part(BaseModel):
    """A part of the policy: strict, and with whatever else stands in it."""

    model_config = ConfigDict(strict=True, frozen=True, extra="allow", defer_build=True)


class Highest(_Part):
    """The highest amounts somebody may decide, in pence; None where nothing is set."""

    weekly: Pence | None = None
    first: Pence | None = None


class Limit(Highest):
    """The highest amounts of a role."""

    role: Role
    nature: Nature


class Tier(_Part):
    """Up to which amount, in pence, who decides; None for any."""

    name: Words
    to: Pence | None
    by: Role


class Days(_Part):
    """Within how many days is decided."""

    ongoing: Count | None = None
    one_off: Count | None = None
    urgent: Count | None = None


class Review(_Part):
    """After how many months budgets are reviewed."""

    first_months: Count | None = None
    then_months: Count | None = None


class LocalRate(_Part):
    """What is usually agreed for a sort of hours."""

    id: Words
    what: Words
    sort: Annotated[str, _one_of(*SORTS)]
    employed_as: Annotated[str, _one_of(*EMPLOYED_AS)]
    begins: Annotated[Day, Field(alias="from")]
    low: Money
    high: Money

    @model_validator(mode="after")
    def _in_order(self) -> "LocalRate":
        low, high = figures.read_money(self.low), figures.read_money(self.high)
        if low is not None and high is not None and low > high:
            raise _wrong("the low rate is above the high one")
        return self


class NotFor(_Part):
    """What the money is not for."""

    code: Words
    what: Words
    stops: bool = False


class Term(_Part):
    """A school term, both days included."""

    begins: Annotated[Day, Field(alias="from")]
    ends: Annotated[Day, Field(alias="to")]

    @model_validator(mode="after")
    def _in_order(self) -> "Term":
        if self.ends < self.begins:
            raise _wrong("the term ends before it begins")
        return self


class TeamPolicy(_Part):
    """A team's policy for money."""

    name: Words | None = None
    limits: list[Limit] = []
    own: Annotated[list[Limit], Field(alias="self")] = []
    people: dict[str, dict[Nature, Highest]] = {}
    high_risk_to: Role | None = None
    panel: list[Words] = []
    tiers: list[Tier] = []
    days: Days | None = None
    contingency_weeks: Count | None = None
    contingency_held: Annotated[str, _one_of(*HELD)] | None = None
    surplus_weeks: Count | None = None
    audit_months: Count | None = None
    audit_months_from_year_2: Count | None = None
    notice_days: Count | None = None
    ssp_weeks: Count | None = None
    holiday: Percent | None = None
    review: Review | None = None
    appeal_days: Count | None = None
    rates: list[LocalRate] = []
    not_for: list[NotFor] = []
    impact: list[Words] = []
    terms: list[Term] = []

    @model_validator(mode="after")
    def _each_once(self) -> "TeamPolicy":
        named: dict[str, list[object]] = {
            "limits": [(each.role, each.nature) for each in self.limits],
            "self": [(each.role, each.nature) for each in self.own],
            "rates": [(each.id, each.begins) for each in self.rates],
            "not_for": [each.code for each in self.not_for],
        }
        for name, keys in named.items():
            if len(set(keys)) < len(keys):
                raise _wrong(f"{name}: the same entry is there twice")
        tops = [each.to for each in self.tiers]
        if None in tops[:-1] or any(a is not None and b is not None and a >= b for a, b in pairwise(tops)):
            raise _wrong("tiers: each goes up to more than the one before, and only the last may go up to any amount")
        return self


KNOWN = frozenset(field.alias or name for name, field in TeamPolicy.model_fields.items())
"""The keys that this version knows."""


def read(text: str) -> dict[str, Any]:
    """The policy in a file, as it is given.

    Raises:
        PolicyFileProblem: It is no policy; it says what is wrong in which entry and field.
    """
    found = _parsed(text)
    try:
        TeamPolicy.model_validate(found)
    except ValidationError as error:
        raise PolicyFileProblem(*(_sentence(found, each) for each in error.errors(include_url=False))) from error
    if len(canonical(found)) > LONGEST_TEXT:
        raise PolicyFileProblem(f"The policy is longer than {LONGEST_TEXT:,} letters.")
    return found


def _parsed(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError as error:
        raise PolicyFileProblem("The file is nested too deep.") from error
    except ValueError as error:
        where = f" Look at line {error.lineno}." if isinstance(error, json.JSONDecodeError) else ""
        raise PolicyFileProblem(f"The file is no JSON.{where}") from error
    if not isinstance(found, dict):
        raise PolicyFileProblem("The file is no JSON object with names and values.")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names are each there once: of two, one would be passed over without a word."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise PolicyFileProblem(f"{name[:_MOST_NAME]} is there twice.")
        found[name] = value
    return found


def _no_number(name: str) -> None:
    raise PolicyFileProblem(f"{name} is no number.")


def _sentence(found: Mapping[str, Any], error: Any) -> str:  # noqa: ANN401 - pydantic's ErrorDetails
    words = _SAY.get(error["type"]) or error["msg"]
    place = _place(found, error["loc"])
    return f"{place}: {words}." if place else f"{words[:1].upper()}{words[1:]}."


def _place(found: object, steps: tuple[str | int, ...]) -> str:
    """The entry and field that keys and indices lead to, such as "limits 2 (team lead), weekly"."""
    parts: list[str] = []
    for step in steps:
        if step == "[key]":  # pydantic's word for the name itself of the entry before
            continue
        inside: object = None
        if isinstance(found, list) and isinstance(step, int) and step < len(found):
            inside = found[step]
            parts[-1] = f"{parts[-1]} {step + 1}{_called(inside)}"
        else:
            inside = found.get(step) if isinstance(found, dict) else None
            parts.append(str(step)[:_MOST_NAME])
        found = inside
    return ", ".join(parts)


def _called(entry: object) -> str:
    names = [entry[name] for name in _NAMES if isinstance(entry.get(name), str)] if isinstance(entry, dict) else []
    return f" ({names[0][:_MOST_NAME]})" if names else ""
