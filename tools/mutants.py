"""Mutation testing with a list of mistakes: plants each alone in a copy of the tree and expects its tests to fail.

`python -m tools.mutants [name ...]`; the mistakes are in `tools/mutants.toml`. It ends with 1 when one of them lived or
when the list itself is wrong: an old text that is not there exactly once, or a test that fails without the mistake.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIST = ROOT / "tools" / "mutants.toml"
AT_ONCE = 2
"""How many mistakes are tried together."""
SECONDS = 600
"""How long the tests of one mistake may take."""
LEFT_OUT = shutil.ignore_patterns(
    ".coverage*", ".git", ".venv", "node_modules", "build", "dist", ".*_cache", ".hypothesis", ".ci"
)
TESTS_FAILED = 1
"""pytest's exit status when tests ran and one of them failed; a tree that cannot be imported has another."""


class MutantProblem(Exception):
    """The list of mistakes is wrong; says which entry and why."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake.

    Attributes:
        name: What it is called in reports.
        rule: The rule that it breaks, in one sentence.
        file: The file it is planted in, from the project's root.
        old: What stands there, exactly once.
        new: What stands there instead.
        tests: The names of the tests that have to notice it, with "[...]" for one of a parametrised test's cases.
    """

    name: str
    rule: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a mistake.

    Attributes:
        mutant: Which.
        killed_by: The test that failed; "" when all passed.
        seconds: How long it took.
    """

    mutant: Mutant
    killed_by: str
    seconds: float


def load(path: Path = LIST) -> list[Mutant]:
    """The mistakes of a list.

    Raises:
        MutantProblem: Two of them have one name.
    """
    entries = tomllib.loads(path.read_text("utf-8"))["mutant"]
    found = [Mutant(**entry | {"tests": tuple(entry["tests"])}) for entry in entries]
    if len({mutant.name for mutant in found}) < len(found):
        raise MutantProblem("Two mistakes have the same name.")
    return found


def planted(mutant: Mutant, root: Path = ROOT) -> str:
    """The text of the mistake's file with the mistake in it.

    Raises:
        MutantProblem: The old text is not there exactly once, or with the new one it is no Python any more.
    """
    path = root / mutant.file
    text = path.read_text("utf-8") if path.is_file() else ""
    if (times := text.count(mutant.old)) != 1:
        raise MutantProblem(f"{mutant.name}: the old text is {times} times in {mutant.file}.")
    wrong = text.replace(mutant.old, mutant.new)
    try:
        tree = ast.parse(wrong)
    except SyntaxError as error:
        raise MutantProblem(f"{mutant.name}: with the new text {mutant.file} is no Python.") from error
    if ast.dump(tree) == ast.dump(ast.parse(text)):
        raise MutantProblem(f"{mutant.name}: the new text changes nothing.")
    return wrong


def node_ids(mutant: Mutant, root: Path = ROOT) -> list[str]:
    """Where the mistake's tests are, as pytest names them; a test may move to another file.

    Raises:
        MutantProblem: A test is not there, or more than once.
    """
    return [f"{_file_of(mutant, name, root)}::{name}" for name in mutant.tests]


def run(mutants: Sequence[Mutant], root: Path = ROOT) -> Iterator[Result]:
    """Try each mistake, two at a time, after all their tests have passed without any.

    Raises:
        MutantProblem: The list is wrong.
    """
    for mutant in mutants:
        planted(mutant, root)
    wanted = list(dict.fromkeys(node for mutant in mutants for node in node_ids(mutant, root)))
    _pass_without(wanted, root)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(lambda mutant: _try(mutant, root), mutants)


def main(names: Sequence[str]) -> int:
    """Try the named mistakes, or all; how the process ends."""
    mutants = [mutant for mutant in load() if not names or mutant.name in names]
    start, lived = time.monotonic(), 0
    try:
        for result in run(mutants):
            end = f"killed by {result.killed_by}" if result.killed_by else f"LIVED: {result.mutant.rule}"
            print(f"{result.mutant.name}: {end} ({result.seconds:.0f} s)", flush=True)  # noqa: T201 - its report
            lived += not result.killed_by
    except MutantProblem as problem:
        print(problem)  # noqa: T201
        return 1
    took = time.monotonic() - start
    print(f"{len(mutants)} mistakes, {len(mutants) - lived} killed, {lived} lived, {took:.0f} s.")  # noqa: T201
    return 1 if lived or not mutants else 0


def _file_of(mutant: Mutant, name: str, root: Path) -> str:
    """The file that defines a test."""
    wanted = re.compile(rf"^(async )?def {re.escape(name.partition('[')[0])}\(", re.MULTILINE)
    found = [path for path in sorted((root / "tests").rglob("test_*.py")) if wanted.search(path.read_text("utf-8"))]
    if len(found) != 1:
        raise MutantProblem(f"{mutant.name}: {len(found)} files have the test {name}.")
    return found[0].relative_to(root).as_posix()


def _pass_without(nodes: Sequence[str], root: Path) -> None:
    """Make sure that every named test runs and passes as long as there is no mistake.

    Raises:
        MutantProblem: One does not.
    """
    with tempfile.TemporaryDirectory(prefix="phb-mutant-") as folder:
        done = _pytest(_copied(root, Path(folder)), nodes)
    if done.returncode or "SKIPPED" in done.stdout:
        raise MutantProblem(f"Without any mistake these tests do not all pass:\n{done.stdout[-3000:]}")


def _try(mutant: Mutant, root: Path) -> Result:
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="phb-mutant-") as folder:
        copy = _copied(root, Path(folder))
        (copy / mutant.file).write_text(planted(mutant, root), "utf-8")
        done = _pytest(copy, node_ids(mutant, root))
    if done.returncode not in {0, TESTS_FAILED}:
        raise MutantProblem(f"{mutant.name}: the tests could not be run:\n{done.stdout[-3000:]}")
    failed = re.search(r"^(?:FAILED|ERROR) \S*?(test_\w+(?:\[.*?\])?)(?: - |$)", done.stdout, re.MULTILINE)
    return Result(mutant, failed[1] if failed and done.returncode else "", time.monotonic() - start)


def _copied(root: Path, folder: Path) -> Path:
    """A copy of the tree; compiled modules go with it, for times are kept, and a changed file is compiled anew."""
    return Path(shutil.copytree(root, folder / "tree", ignore=LEFT_OUT))


def _pytest(tree: Path, nodes: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    """Run tests in a copy, which comes before the installed package for it and for every process that it starts.

    Raises:
        MutantProblem: They did not end in time.
    """
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", *nodes]
    env = {**os.environ, "PYTHONPATH": str(tree), "TMPDIR": str(tree.parent), "PHB_STEP": "1"}  # every case is there
    try:
        return subprocess.run(command, cwd=tree, env=env, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise MutantProblem(f"These tests do not end: {' '.join(nodes)}") from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
