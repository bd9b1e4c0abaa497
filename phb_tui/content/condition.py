"""When a page or a field of a form is asked: only if another field says so."""

import re
from typing import Annotated, NamedTuple

from pydantic import PlainValidator

from phb_tui.content import toml_loader
from phb_tui.content.content_model import content_error

ANYTHING = "*"
"""Stands for any value."""
_WRITTEN = re.compile(r"([a-z_]+)\.([a-z_]+)=([a-z0-9_*]+(?:,[a-z0-9_]+)*)")


class Condition(NamedTuple):
    """What a field has to hold.

    Attributes:
        kind: The kind of record that the field is of: the form's own, its parent's, or one that a person has once.
        field: The field. Where it is an empty choice, it counts as the first that can be chosen.
        values: What it has to hold: one of these codes, or `ANYTHING`.
    """

    kind: str
    field: str
    values: tuple[str, ...]

    def is_met(self, held: str) -> bool:
        """Whether a value of the field meets it."""
        return held in self.values or (bool(held) and self.values == (ANYTHING,))


def _condition(written: object) -> Condition:
    found = _WRITTEN.fullmatch(written) if isinstance(written, str) else None
    if found is None:
        raise content_error("write kind.field=value, not '{written}'", written=written)
    if found[1] not in toml_loader.kinds():
        raise content_error("there is no form '{kind}'", kind=found[1])
    return Condition(found[1], found[2], tuple(found[3].split(",")))


When = Annotated[Condition | None, PlainValidator(_condition)]
"""A condition as a file has it: `kind.field=value`, `kind.field=one,another` or `kind.field=*`; left out for always."""
