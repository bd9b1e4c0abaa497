"""Encodes many rows as one text parameter per column for a single INSERT ... SELECT unnest(...).

That costs client and server far less than a parameter per value. A column with the same value in every row is sent
once.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, cast

from phb_tui.central.storage.engine import Value
from phb_tui.central.storage.queries import BulkInsert
from phb_tui.central.storage.sqlite import on_conflict

RECORD_SEPARATOR, NULL_MARK = "\x1e", "\x1d"
"""Separates the values of a column, and stands for NULL: the control characters RS and GS, which our texts never
have."""


def bulk_insert(bulk: BulkInsert, team_id: str, rows: Sequence[Sequence[Value]]) -> tuple[bytes, list[Value]] | None:
    """The statement that inserts all rows of a team at once, and its parameters.

    Args:
        bulk: The table and its columns.
        team_id: The team, for the first column.
        rows: The other columns of each row.

    Returns:
        None when the rows must be inserted one by one: there is only one, or a value contains a separator.
    """
    alike: list[bool] = [True]
    values: list[Value] = [team_id]
    for column, number in zip(zip(*rows, strict=True), list(bulk.columns.values())[1:], strict=True):
        first = column[0]
        # Comparing first and last is cheap, and most columns differ there already.
        same = first == column[-1] and column.count(first) == len(column)
        value = first if same else _joined(column, numbers=number)
        if not same and not value:
            return None
        alike.append(same)
        values.append(value)
    return None if all(alike) else (_unnest_insert(bulk, tuple(alike)), values)


@cache
def single_insert(bulk: BulkInsert) -> bytes:
    """The statement that inserts one row, with a parameter for each column."""
    places = ", ".join(["%s"] * len(bulk.columns))
    names = ", ".join(bulk.columns)
    return f"INSERT INTO {bulk.table} ({names}) VALUES ({places}){on_conflict(bulk)}".encode()  # noqa: S608 - constants


@cache
def _unnest_insert(bulk: BulkInsert, alike: tuple[bool, ...]) -> bytes:
    names = ", ".join(bulk.columns)
    values = ", ".join(map(_placeholder, bulk.columns.values(), alike))
    return f"INSERT INTO {bulk.table} ({names}) SELECT {values}{on_conflict(bulk)}".encode()


def _placeholder(number: bool, alike: bool) -> str:  # noqa: FBT001 - of a column
    kind = "bigint" if number else "text"
    return f"%s::{kind}" if alike else f"unnest(string_to_array(%s, E'\\x1e', E'\\x1d')::{kind}[])"


def _joined(column: Sequence[Any], *, numbers: bool) -> str:
    """A column's values joined into one text; "" when a value contains a separator."""
    if numbers:
        return RECORD_SEPARATOR.join(map(str, column))
    given = cast("list[str]", [value for value in column if value is not None])
    joined = RECORD_SEPARATOR.join(given)
    if joined.count(RECORD_SEPARATOR) >= len(given) or NULL_MARK in joined:
        return ""
    if len(given) == len(column):
        return joined
    return RECORD_SEPARATOR.join([NULL_MARK if value is None else value for value in column])
