"""The numbered scripts in `schema/` that make central's tables and bring older ones up to date, on both databases."""

import re
from importlib import resources

from phb_tui.errors import SettingsProblem


def scripts() -> dict[int, str]:
    """Every script by its number, in order."""
    found = {}
    for file in (resources.files("phb_tui.central.storage") / "schema").iterdir():
        if name := re.fullmatch(r"(\d{4})_\w+\.sql", file.name):
            found[int(name[1])] = file.read_text(encoding="utf-8")
    return dict(sorted(found.items()))


def pending(version: int) -> list[tuple[int, str]]:
    """The scripts a database of a version has not had.

    Raises:
        SettingsProblem: A newer central wrote the database.
    """
    known = scripts()
    if version > max(known):
        raise SettingsProblem("A newer phb-central wrote this database. Install the newest phb-tui on this server.")
    return [(number, script) for number, script in known.items() if number > version]


def table_names() -> list[str]:
    """The tables that are spread by team, in the order in which they are made."""
    return [name for script in scripts().values() for name in re.findall(r"CREATE TABLE (\w+)", script)]


def columns() -> dict[str, dict[str, bool]]:
    """Every table's columns in order, each with whether it is a number."""
    return {
        table: {name: kind == "BIGINT" for name, kind in re.findall(r"^    (\w+) (TEXT|BIGINT)", body, re.MULTILINE)}
        for script in scripts().values()
        for table, body in re.findall(r"CREATE TABLE (\w+) \((.*?)\n\);", script, re.DOTALL)
    }


def partitioned(script: str, parts: int) -> str:
    """A script whose tables PostgreSQL itself divides into parts by team.

    Args:
        script: The script.
        parts: How many parts a table has.
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
