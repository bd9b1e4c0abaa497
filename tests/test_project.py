"""What holds for the project as a whole."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = [path for folder in ("phb_tui", "tests", "benchmarks") for path in (ROOT / folder).rglob("*.py")]


def imported(program: str) -> set[str]:
    """The modules that are loaded after a program has run in a process of its own."""
    code = f"import sys\n{program}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


FIRST_FRAME = """
import asyncio
from pathlib import Path
from phb_tui.app.phb_app import PhbApp
from phb_tui.settings import Settings
from phb_tui.screens.start.unlock import UnlockScreen
UnlockScreen._prepare = lambda self: None
async def first():
    app = PhbApp(Settings(Path("/nonexistent")))
    async with app.run_test() as pilot:
        await pilot.pause()
asyncio.run(first())
"""


def test_the_first_frame_imports_textual_and_the_unlock_screen_only() -> None:
    """Before the unlock screen is painted nothing is imported that it does not need."""
    modules = imported(FIRST_FRAME)
    heavy = (
        "pydantic",
        "sqlite_utils",
        "sqlcipher3",
        "httpx2",
        "cryptography",
        "starlette",
        "uvicorn",
        "tomllib",
        "jinja2",
    )
    assert [name for name in sorted(modules) if name.split(".")[0] in heavy] == []
    ours = {name for name in modules if name.startswith("phb_tui")}
    slow = ("phb_tui.services", "phb_tui.store", "phb_tui.sync", "phb_tui.keys", "phb_tui.content", "phb_tui.domain")
    painted = {"phb_tui.domain", "phb_tui.domain.text", "phb_tui.domain.text.control_characters"}
    assert [name for name in sorted(ours - painted) if name.startswith(slow)] == []


def test_jinja2_is_imported_when_a_web_page_is_written_and_not_before() -> None:
    """A PDF, a text copy and the preview of a plan do without it."""
    made = "text.write(Document('Plan', 'Ann', 'A draft', ()))"
    begin = (
        f"from phb_tui.documents import html, pdf, text\nfrom phb_tui.documents.model import Document, Layout\n{made}"
    )
    assert "jinja2" not in imported(begin)
    assert "jinja2" in imported(f"{begin}\nhtml.write(Document('Plan', 'Ann', 'A draft', ()), Layout.STANDARD)")


def test_the_supervisor_holds_nothing_of_the_app() -> None:
    """The process that outlives a lock imports neither Textual nor the store nor the keys."""
    modules = imported("import phb_tui.cli")
    assert not {name.split(".")[0] for name in modules} & {"textual", "sqlcipher3", "cryptography", "pydantic"}


def test_the_rules_import_no_clock_and_no_file() -> None:
    """The domain's modules name nothing that reads a clock, a file or chance."""
    banned = re.compile(r"datetime\.now|date\.today|time\.time|open\(|random\.|secrets\.|uuid4|uuid1")
    found = [
        path.name for path in (ROOT / "phb_tui" / "domain").rglob("*.py") if banned.search(path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_are_short(path: Path) -> None:
    """No file of the program has more than 300 lines."""
    assert len(path.read_text("utf-8").splitlines()) <= 300


def test_every_test_says_what_it_proves() -> None:
    """Every test has a docstring that is a sentence."""
    silent = []
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                text = ast.get_docstring(node) or ""
                if not text.rstrip().endswith((".", "?")):
                    silent.append(f"{path.name} {node.name}")
    assert silent == []


def test_only_one_package_knows_which_system_it_runs_on() -> None:
    """Branches by operating system stand in `system` and nowhere else."""
    branch = re.compile(r"sys\.platform|os\.name\b|platform\.system")
    files = (path for path in (ROOT / "phb_tui").rglob("*.py") if branch.search(path.read_text("utf-8")))
    assert {path.relative_to(ROOT / "phb_tui").parts[0] for path in files} == {"system"}


def test_nothing_is_swallowed() -> None:
    """No handler catches everything and goes on: it raises, or gives the error itself to somebody."""
    found = []
    for path in (ROOT / "phb_tui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                names = {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)} if node.type else {"everything"}
                raises = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
                given = [argument for call in ast.walk(node) if isinstance(call, ast.Call) for argument in call.args]
                raises |= any(isinstance(argument, ast.Name) and argument.id == node.name for argument in given)
                if names & {"everything", "Exception", "BaseException"} and not raises:
                    found.append(f"{path.name}:{node.lineno}")
    assert found == []


def test_the_locks_have_hashes_and_no_address() -> None:
    """Every package is pinned with hashes and no index is named."""
    for name in ("requirements.lock", "requirements-central.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text
        packages = re.findall(r"^[a-z0-9][\w.-]*==[^\s]+", text, re.MULTILINE)
        assert len(packages) > 20
        assert len(re.findall(r"^[a-z0-9].*\\$", text, re.MULTILINE)) == len(packages)


def test_every_dependency_has_its_reason() -> None:
    """Whatever the program needs is explained in docs/dependencies.md."""
    wanted = re.search(
        r"^dependencies = \[(.*?)^\]", (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert wanted
    reasons = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    assert [name for name in re.findall(r'"([\w-]+)', wanted[1]) if name not in reasons] == []


def test_a_wheel_that_was_not_compiled_is_compiled_by_its_first_run(tmp_path: Path) -> None:
    """The first start leaves compiled modules behind, so that the second is quick whatever the installer did."""
    code = "import phb_tui.cli"
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=env)
    assert any(path.name.startswith("cli.") for path in tmp_path.rglob("*.pyc"))


def test_no_folder_is_crowded() -> None:
    """A folder of the program has at most 15 files of Python, so that its list can be read at a glance."""
    folders = [folder for folder in (ROOT / "phb_tui").rglob("*") if folder.is_dir()]
    assert {str(folder): len(files) for folder in folders if len(files := list(folder.glob("*.py"))) > 15} == {}
