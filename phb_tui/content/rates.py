"""The table of rates that ships with the program, read from `rates.toml`."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_serializer, model_validator

from phb_tui.content import toml_loader
from phb_tui.content.content_model import ContentModel, Many, Table, Text, content_error, unique
from phb_tui.domain.budget.amounts import figures
from phb_tui.domain.budget.law import rates
from phb_tui.domain.records import changes

_WHOLE = 10_000


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


class Rate(ContentModel):
    """One rate with all its figures.

    Attributes:
        id: Its stable name.
        unit: Whether its figures are pounds or percent.
        figures: By the first day on which each holds.
    """

    id: Text
    unit: Literal["money", "percent"]
    source: Text
    status: Literal["statutory", "local", "provisional", "standing"]
    read_on: date
    figures: Annotated[Table[Text], Field(alias="from", min_length=1)]

    @model_validator(mode="after")
    def _can_be_read(self) -> "Rate":
        read = figures.read_money if self.unit == "money" else figures.read_percent
        for day, figure in self.figures.items():
            if not _is_day(day):
                raise content_error("'{day}' is no day", "from", day=day)
            if read(figure) is None:
                raise content_error("'{figure}' is no figure", "from", day, figure=figure)
        return self

    @field_serializer("figures")
    def _plain(self, found: Mapping[str, str]) -> dict[str, str]:
        return dict(found)

    def rows(self) -> tuple[rates.Row, ...]:
        """Its rows, the oldest first."""
        return tuple(
            rates.Row(
                self.id,
                date.fromisoformat(day),
                self._value(figure),
                self.status,
                self.source,
                self.read_on.isoformat(),
            )
            for day, figure in sorted(self.figures.items())
        )

    def _value(self, figure: str) -> Fraction:
        if self.unit == "money":
            return Fraction(figures.read_money(figure) or 0)
        return Fraction(figures.read_percent(figure) or 0, _WHOLE)


class Expected(ContentModel):
    """A change that is expected on a day, whose figures are not known."""

    rates: Annotated[Many[Text], Field(min_length=1)]
    on: date
    why: Text


class RateTable(ContentModel):
    """What `rates.toml` holds."""

    version: Annotated[int, Field(ge=1)]
    holidays_announced_to: date
    extra_holidays: Many[date] = ()
    rate: Annotated[Many[Rate], unique("id")]
    expected: Many[Expected] = ()

    @model_validator(mode="after")
    def _names_known_rates(self) -> "RateTable":
        known = {rate.id for rate in self.rate}
        for number, change in enumerate(self.expected):
            if unknown := [name for name in change.rates if name not in known]:
                raise content_error("there is no rate '{name}'", "expected", number, "rates", name=unknown[0])
        return self

    def table(self) -> rates.Rates:
        """The table as the rules use it."""
        return rates.Rates(
            self.version,
            {rate.id: rate.rows() for rate in self.rate},
            tuple(rates.ExpectedChange(name, each.on, each.why) for each in self.expected for name in each.rates),
            frozenset(self.extra_holidays),
            self.holidays_announced_to,
        )


def shipped() -> rates.Rates:
    """The table that ships with the program."""
    return toml_loader.read(RateTable, "rates.toml").table()


def shipped_text() -> str:
    """The table that ships with the program as JSON, for the record that central sends."""
    return changes.canonical(toml_loader.read(RateTable, "rates.toml").model_dump(mode="json", by_alias=True))


def from_text(text: str) -> rates.Rates | None:
    """The table that a record holds as JSON; None when it cannot be read."""
    try:
        return RateTable.model_validate_json(text, strict=False).table()
    except ValidationError:
        return None
