"""What the documents name is there: files, screens, functions, tests, make's targets, keys, links."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from phb_tui.content import forms

ROOT = Path(__file__).parents[1]
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
NAMED = pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.relative_to(ROOT).as_posix())
FILE = re.compile(r"[\w./-]+(?:\.(?:py|toml|sql|txt|md|tcss)|/)")
PAIR = re.compile(r"`([\w./-]+\.py)` `([A-Za-z_]\w*(?:\.\w+)?)`")
"""A file and, after it, something that it defines."""
PLACES = (ROOT, ROOT / "phb_tui", ROOT / "docs")
"""Where a path in a document begins."""


@cache
def ours() -> dict[str, list[Path]]:
    """Our files by their name."""
    found: dict[str, list[Path]] = {}
    for folder in ("phb_tui", "tests", "tools", "benchmarks"):
        for path in (ROOT / folder).rglob("*.*"):
            found.setdefault(path.name, []).append(path)
    return found


@cache
def defined(path: Path) -> frozenset[str]:
    """Functions, classes, methods and attributes of a file, also by their class's name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{inner.name}" for inner in node.body if hasattr(inner, "name")}
            noted = (inner.target for inner in node.body if isinstance(inner, ast.AnnAssign))
            found |= {f"{node.name}.{target.id}" for target in noted if isinstance(target, ast.Name)}
    return frozenset(found)


@cache
def everything_defined() -> frozenset[str]:
    """What `defined` finds in all files."""
    files = (path for name, paths in ours().items() if name.endswith(".py") for path in paths)
    return frozenset(name for path in files for name in defined(path))


def is_file(name: str) -> bool:
    """Whether a path, or a file's name alone, is one of ours."""
    at_hand = any((place / name).exists() for place in PLACES)
    return at_hand or ("/" not in name and name in ours()) or (name.endswith("/") and name[:-1] in folders())


@cache
def folders() -> frozenset[str]:
    """The names of our folders."""
    return frozenset(path.name for path in (ROOT / "phb_tui").rglob("*") if path.is_dir())


def is_there(name: str) -> bool:
    """Whether something between back-ticks is there, or is nothing that can be looked up."""
    if FILE.fullmatch(name) and "NNNN" not in name:
        return is_file(name)
    if target := re.fullmatch(r"make (\w+)(?: .*)?", name):
        return bool(re.search(rf"^{target[1]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    if re.fullmatch(r"test_\w+|\w+Screen|[A-Z]\w+\.\w+", name):
        return name in everything_defined()
    module, dot, inside = name.partition(".")
    if not dot or not inside.isidentifier() or is_file(f"{module}/{inside}.py"):
        return True
    if module in forms.kinds() and forms.field(module, inside):
        return True
    found = ours().get(f"{module}.py", [])
    return not found or any(inside in defined(path) for path in found)


def is_in_file(file: str, name: str) -> bool:
    """Whether a file defines a name, written alone or after its module's name."""
    paths = [place / file for place in PLACES if (place / file).exists()] or ours().get(file, [])
    name = name.removeprefix(f"{Path(file).stem}.")
    return any(name in defined(path) for path in paths)


def gone(text: str) -> list[str]:
    """What a document has between back-ticks that is not there, alone or as a name after its file."""
    pairs = (f"{file} {name}" for file, name in PAIR.findall(text) if is_file(file) and not is_in_file(file, name))
    return [*(name for name in re.findall(r"`([^`\n]+)`", text) if not is_there(name)), *pairs]


@NAMED
def test_what_a_document_names_is_there(doc: Path) -> None:
    """Every file, screen, function, test and target of make that stands between back-ticks exists."""
    assert gone(doc.read_text("utf-8")) == []


@NAMED
def test_links_of_a_document_lead_somewhere(doc: Path) -> None:
    """Every link to a file of the project finds it."""
    links = re.findall(r"\]\(([^)#:]+)\)", doc.read_text("utf-8"))
    assert [link for link in links if not (doc.parent / link).exists()] == []


def test_the_architecture_has_every_part() -> None:
    """Each module and package of the first level stands in the table of docs/architecture.md."""
    table = (ROOT / "docs" / "architecture.md").read_text("utf-8").partition("## The folders")[2].partition("\n## ")[0]
    first = {name for row in table.splitlines() if row.startswith("|") for name in re.findall(r"`(\w+)`", row[:90])}
    parts = {
        path.stem for path in (ROOT / "phb_tui").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert parts - first == {"__init__"}


def test_the_readme_leads_to_every_document() -> None:
    """Each document and folder of docs/ stands in the README's table of what to read next."""
    there = {path.name for path in (ROOT / "docs").iterdir() if path.suffix == ".md" or path.is_dir()}
    readme = (ROOT / "README.md").read_text("utf-8")
    linked = {link.split("/")[0] for link in re.findall(r"\]\(docs/([^)]+)\)", readme)}
    assert there - linked == set()


def test_a_name_that_is_gone_is_noticed() -> None:
    """The check can fail: each sort of name that is not there is found out."""
    wrong = "`nothing.py` `services/nothing.py` `NoScreen` `forms.nothing` `TextField.no` `test_nothing` `make nothing`"
    assert gone(wrong) == re.findall(r"`([^`]+)`", wrong)
    assert gone("`services/records/editing.py` `keep_nothing`") == ["services/records/editing.py keep_nothing"]
    right = "`forms.show` `TextField.edit` `services/records/editing.py` `save_draft`, `make check` `F8` `person.phone`"
    assert gone(right) == []
