"""The rules by which central's tables can be spread over many machines, checked with a real SQL parser."""

import re

import pytest
import sqlglot
from sqlglot import exp

from phb_tui.central.storage import migrations, queries
from phb_tui.central.storage.queries import ACROSS_TEAMS, BULK_INSERTS

STATEMENTS = {
    name: words
    for name, words in vars(queries).items()
    if isinstance(words, str) and not name.startswith("_") and name.isupper()
}
CHANGING = {"now", "current_timestamp", "random", "uuid", "gen_random_uuid", "clock_timestamp", "nextval", "strftime"}
"""Functions that say something else each time."""


def parsed(words: str) -> exp.Expr:
    """A statement as PostgreSQL's dialect has it; the parser raises on what is none."""
    return sqlglot.parse_one(words.replace("?", "1"), dialect="postgres")


def problems(words: str) -> list[str]:
    """Which rules of spreading a statement breaks."""
    tree = parsed(words)
    found = []
    tables = {table.name for table in tree.find_all(exp.Table)} & set(migrations.table_names())
    if tables and words not in ACROSS_TEAMS and not _names_its_team(tree):
        found.append("it does not name its team")
    names = {str(function.sql_name()).lower() for function in tree.find_all(exp.Func)}
    names |= {str(function.this).lower() for function in tree.find_all(exp.Anonymous)}
    if names & CHANGING:
        found.append("it calls a function that says something else each time")
    written = [column.this.name for update in tree.find_all(exp.Update) for column in update.expressions]
    return [*found, "it changes the key"] if "team_id" in written else found


def _names_its_team(tree: exp.Expr) -> bool:
    if isinstance(tree, exp.Insert):
        columns = [column.name for column in tree.this.expressions]
        return bool(columns) and columns[0] == "team_id"
    where = tree.find(exp.Where)
    conditions = where.this.flatten() if where and isinstance(where.this, exp.And) else [where.this] if where else []
    return any(
        isinstance(one, exp.EQ) and isinstance(one.this, exp.Column) and one.this.name == "team_id"
        for one in conditions
    )


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_statement_can_run_where_tables_are_spread(name: str) -> None:
    """Each names its team, changes no key and calls nothing whose answer changes."""
    assert problems(STATEMENTS[name]) == []


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("SELECT seq FROM change WHERE record_id = ?", "team"),
        ("SELECT seq FROM change WHERE team_id = ? OR seq = ?", "team"),
        ("UPDATE record SET team_id = ? WHERE team_id = ?", "key"),
        ("INSERT INTO code (code_hash, team_id) VALUES (?, ?)", "team"),
        ("UPDATE device SET seen_at = now() WHERE team_id = ?", "each time"),
    ],
)
def test_the_rules_can_be_broken(words: str, rule: str) -> None:
    """The check above notices each sort of statement it is there for."""
    assert any(rule in problem for problem in problems(words))


def test_many_rows_at_once_name_their_team_first() -> None:
    """What is written in bulk is spread by team too, and its key begins with it."""
    for bulk in BULK_INSERTS:
        assert next(iter(bulk.columns)) == "team_id"
        assert not bulk.update or bulk.key[0] == "team_id"
        assert "team_id" not in bulk.update


def test_the_team_leads_every_key_of_every_table() -> None:
    """Every table's keys and indexes begin with the team; there is no sequence and no key from elsewhere."""
    for script in migrations.scripts().values():
        bare = re.sub(r"--.*", "", script)
        trees = [tree for tree in sqlglot.parse(bare, dialect="postgres") if tree is not None]
        assert trees
        assert not re.search(r"serial|identity|autoincrement|sequence|references|trigger", bare, re.IGNORECASE)
        for words in re.findall(r"(?:PRIMARY KEY|UNIQUE) \(([^)]*)\)", bare):
            assert words.split(",")[0] == "team_id"
        for words in re.findall(r"CREATE INDEX \w+ ON \w+ \(([^)]*)\)", bare):
            assert words.split(",")[0] == "team_id"
        assert len(re.findall("CREATE TABLE", bare)) == len(re.findall("PRIMARY KEY", bare))
