"""Migrations of central's database: the numbered SQL scripts in `schema/`, the same for SQLite and PostgreSQL."""

import re
from importlib import resources

from phb_tui.errors import SettingsProblem


def scripts() -> dict[int, str]:
    """Every migration script by its number, in order."""
    found = {}
    for file in (resources.files("phb_tui.central.storage") / "schema").iterdir():
        if name := re.fullmatch(r"(\d{4})_\w+\.sql", file.name):
            found[int(name[1])] = file.read_text(encoding="utf-8")
    return dict(sorted(found.items()))


def pending(version: int) -> list[tuple[int, str]]:
    """The migrations, number and script, that a database of a version has not had.

    Raises:
        SettingsProblem: A newer central wrote the database.
    """
    known = scripts()
    if version > max(known):
        raise SettingsProblem("A newer phb-central wrote this database. Install the newest phb-tui on this server.")
    return [(number, script) for number, script in known.items() if number > version]


def table_names() -> list[str]:
    """The names of all tables that are partitioned by team, in the order in which they are created."""
    return [name for script in scripts().values() for name in re.findall(r"CREATE TABLE (\w+)", script)]


def columns() -> dict[str, dict[str, bool]]:
    """Every table's columns in order, each with whether it is a number (BIGINT) or text."""
    return {
        table: {name: kind == "BIGINT" for name, kind in re.findall(r"^    (\w+) (TEXT|BIGINT)", body, re.MULTILINE)}
        for script in scripts().values()
        for table, body in re.findall(r"CREATE TABLE (\w+) \((.*?)\n\);", script, re.DOTALL)
    }


def partitioned(script: str, parts: int) -> str:
    """A migration script whose tables PostgreSQL partitions by a hash of the team.

    Args:
        script: The migration script.
        parts: How many partitions each table has.
    """
    return re.sub(
        r"(CREATE TABLE (\w+) \(.*?\n\));",
        lambda found: f"{found[1]} PARTITION BY HASH (team_id);\n{_parts(found[2], parts)}",
        script,
        flags=re.DOTALL,
    )


def _parts(table: str, parts: int) -> str:
    return "\n".join(
        f"CREATE TABLE {table}_{part} PARTITION OF {table} FOR VALUES WITH (MODULUS {parts}, REMAINDER {part});"
        for part in range(parts)
    )
