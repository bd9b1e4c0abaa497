"""Names of widgets in style sheets and queries, which no type checker reads."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import textual.containers
import textual.widgets

import phb_tui

HOME = Path(phb_tui.__file__).parent
TEXTUAL = {*textual.widgets.__dict__["__all__"], *dir(textual.containers), "Bar", "Widget", "Screen"}
TYPE = re.compile(r"(?<![\w#.$:-])([A-Z]\w+)")
"""A selector by type; ids, classes, variables and pseudo-classes begin otherwise."""


def trees() -> list[ast.Module]:
    """Every module of the program."""
    return [ast.parse(path.read_text("utf-8")) for path in HOME.rglob("*.py")]


def selectors(tree: ast.Module) -> Iterator[str]:
    """The selectors of a module: what is queried by a text, and what gets the focus first."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "query_one":
            yield from (str(one.value) for one in node.args[:1] if isinstance(one, ast.Constant))
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "AUTO_FOCUS" for t in node.targets):
            yield str(node.value.value or "") if isinstance(node.value, ast.Constant) else ""


def test_every_widget_that_is_named_exists() -> None:
    """A style sheet, a query and the first focus name only widgets of ours or of Textual's."""
    parsed = trees()
    ours = {node.name for tree in parsed for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    sheets = [re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL) for path in HOME.rglob("*.tcss")]
    named = [rule.partition("{")[0] for sheet in sheets for rule in sheet.split("}")]
    named += [selector for tree in parsed for selector in selectors(tree)]
    found = {name for selector in named for name in TYPE.findall(selector)}
    assert len(found) > 20
    assert found - ours - TEXTUAL == set()
