"""What is installed on a laptop, on a server, and what the wheel and the sdist carry."""

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

from phb_tui import demo
from tests import locked
from tests.locked import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LAPTOP, SERVER = "requirements.lock", "requirements-central.lock"
ONLY_LAPTOP = {"textual", "rich", "typst", "manimgx-fonts", "sqlcipher3", "sqlite-utils"}
IMPORT_ALL = """
import importlib, pkgutil, sys
import phb_tui
left_out = tuple(sys.argv[2:])
for module in pkgutil.walk_packages([*phb_tui.__path__], "phb_tui."):
    if module.name.startswith(sys.argv[1]) and not module.name.startswith(left_out):
        importlib.import_module(module.name)
        print(module.name)
"""
EXCHANGE = """
import sys
from pathlib import Path
from phb_tui.keys.passphrase import FLOOR
from phb_tui.services.records import editing
from phb_tui.services.start import unlocking
from phb_tui.services.sync import enrolment, sync_service, usb_exchange
folder, words = Path(sys.argv[1]), "velvet otter picnic lantern"
unlocking.set_up(folder / "stores", words, enrolment.read_code(sys.argv[2]), FLOOR)
session = unlocking.unlock(folder / "stores", words)
editing.save(session, editing.new_record(session, "person", None), {"given_name": "Ann"})
sync_service.sync_now(session, lambda _progress: None)
session.close()
"""

DEMO = """
from phb_tui import demo
from phb_tui.errors import PhbError
try:
    demo.demo(lambda _settings: 0)
except PhbError as error:
    print(error.sentence)
"""


def requirements(entries: list[str]) -> set[str]:
    """Requirements as written, without spaces and always with the same quotes."""
    return {entry.replace(" ", "").replace('"', "'") for entry in entries}


def names(entries: set[str]) -> set[str]:
    """The distributions that requirements name."""
    return {locked.normal(re.split(r"[^\w.-]", entry)[0]) for entry in entries}


LAPTOP_NEEDS = requirements(PROJECT["project"]["dependencies"])
SERVER_NEEDS = requirements(PROJECT["dependency-groups"]["server"])
CENTRAL_NEEDS = requirements(PROJECT["project"]["optional-dependencies"]["central"])


def run(command: list[str], environment: dict[str, str], folder: Path) -> str:
    """What a program says that must end well."""
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, env=environment, cwd=folder
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def laptop(tmp_path: Path) -> dict[str, str]:
    return locked.environment(tmp_path / "laptop-only", LAPTOP)


@pytest.fixture
def server(tmp_path: Path) -> dict[str, str]:
    return locked.environment(tmp_path / "server-only", SERVER)


@pytest.fixture
def central(tmp_path: Path, server: dict[str, str]) -> Iterator[str]:
    """A joining code of a central that runs on what a server installs."""
    files = ["--database", str(tmp_path / "central.db"), "--key-file", str(tmp_path / "central.key")]
    command = [sys.executable, "-m", "phb_tui.central"]
    process = subprocess.Popen(
        [*command, "serve", "--port", "0", *files], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=server, cwd=tmp_path,
    )  # fmt: skip
    try:
        assert process.stdout
        address = process.stdout.readline().split()[-1:]
        if not address:
            pytest.fail(process.communicate(timeout=10)[1])
        for words in (["add-team", "t", "Team"], ["staff", "t", "n", "Nurse", "--role", "nurse advisor"]):
            run([*command, *words, *files], server, tmp_path)
        yield run([*command, "code", "t", "n", "--address", address[0], *files], server, tmp_path).split()[-1]
    finally:
        process.terminate()
        process.communicate(timeout=10)


def test_a_laptop_and_a_server_of_the_locks_exchange(
    central: str, laptop: dict[str, str], server: dict[str, str], tmp_path: Path
) -> None:
    """With nothing but what each lock installs, a laptop joins, unlocks and sends, and central has what was sent."""
    run([sys.executable, "-c", EXCHANGE, str(tmp_path / "data"), central], laptop, tmp_path)
    listed = [sys.executable, "-m", "phb_tui.central", "devices", "t", "--database", str(tmp_path / "central.db")]
    assert " 1 changes" in run(listed, server, tmp_path)


def test_every_part_of_central_runs_on_what_a_server_installs(server: dict[str, str], tmp_path: Path) -> None:
    """Each module of central is imported without Textual, the printer, the fonts and the laptop's cipher."""
    said = run([sys.executable, "-c", IMPORT_ALL, "phb_tui.central", "phb_tui.central.__main__"], server, tmp_path)
    assert {"phb_tui.central.auth.oidc", "phb_tui.central.storage.postgres"} <= set(said.split())


def test_every_part_of_a_laptop_runs_on_what_a_laptop_installs(laptop: dict[str, str], tmp_path: Path) -> None:
    """Each module that is not central's is imported without a web server, a database server or a sign-in library."""
    windows = [] if sys.platform == "win32" else ["phb_tui.system.terminal.windows"]
    left_out = ["phb_tui.central", "phb_tui.__main__", *windows]
    said = run([sys.executable, "-c", IMPORT_ALL, "phb_tui", *left_out], laptop, tmp_path)
    assert {"phb_tui.app.phb_app", "phb_tui.sync.http_client", "phb_tui.services.sync.usb_exchange"} <= set(
        said.split()
    )


def test_the_demo_says_what_it_needs(laptop: dict[str, str], tmp_path: Path) -> None:
    """On a laptop without the server's packages the demo ends with one line that names what to install."""
    said = run([sys.executable, "-c", DEMO], laptop, tmp_path)
    assert said.count("\n") == 1
    assert "phb-tui[central]" in said


def test_the_demo_looks_for_all_that_a_server_adds() -> None:
    """The demo's list of modules is the extra of pyproject.toml."""
    assert {module.replace("_", "-") for module in demo.SERVER_MODULES} == names(CENTRAL_NEEDS)


def test_a_laptop_installs_nothing_that_only_a_server_needs() -> None:
    """No laptop has what the extra adds, and its lock has none of it."""
    assert names(CENTRAL_NEEDS) & (names(LAPTOP_NEEDS) | locked.pins(LAPTOP).keys()) == set()


def test_a_server_installs_its_extra_and_what_it_shares_with_a_laptop() -> None:
    """The server's list is the extra and a part of the laptop's, in the same words, without screens and printing."""
    assert CENTRAL_NEEDS <= SERVER_NEEDS <= CENTRAL_NEEDS | LAPTOP_NEEDS
    assert ONLY_LAPTOP & locked.pins(SERVER).keys() == set()
    assert locked.pins(LAPTOP).keys() >= ONLY_LAPTOP


def test_what_two_locks_install_has_one_version() -> None:
    """A server, a laptop and whoever works on both have the same version of what they share."""
    developer = locked.pins("requirements-dev.lock")
    for lock in (LAPTOP, SERVER):
        assert locked.pins(lock).items() <= developer.items()


def test_textual_is_free_to_be_mended_and_pinned_where_it_is_installed() -> None:
    """The metadata takes the minor versions of one Textual; the lock takes exactly one, as the snapshots do."""
    assert "textual~=8.2" in LAPTOP_NEEDS
    assert re.fullmatch(r"8\.[\d.]+", locked.pins(LAPTOP)["textual"])


def test_the_container_installs_the_servers_lock_and_nothing_else() -> None:
    """The container is made from the lock with its hashes, and the package brings nothing of its own."""
    installs = re.findall(r"pip install .*", (ROOT / "deploy" / "Containerfile").read_text("utf-8"))
    assert [f"--require-hashes -r /src/{SERVER}" in line or "--no-deps /src" in line for line in installs] == [True] * 2


def test_every_licence_of_what_is_installed_is_named() -> None:
    """NOTICE has each distribution of a laptop and a server, with the licence that it says it has."""
    rows = re.findall(r"^  ([\w.-]+): (.+)$", (ROOT / "NOTICE").read_text("utf-8"), re.MULTILINE)
    noted = dict(rows)
    assert len(noted) == len(rows)
    assert noted.keys() == locked.pins(LAPTOP).keys() | locked.pins(SERVER).keys()
    said = {name: licence_of(name) for name in noted}
    assert {name: licence for name, licence in said.items() if licence not in {"", noted[name]}} == {}


def licence_of(name: str) -> str:
    """The licence that an installed distribution says it has, or nothing where it says so in words only."""
    try:
        return str(metadata(name).json.get("license_expression", ""))
    except PackageNotFoundError:  # not for this system
        return ""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist."""
    folder = tmp_path_factory.mktemp("built")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)], check=True, cwd=ROOT, capture_output=True
    )
    return folder


def test_the_wheel_carries_what_the_program_reads_and_nothing_more(built: Path) -> None:
    """An installed phb-tui has every file of the package and the schema, and no template for translators."""
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        assert wheel.read("phb_tui/store/schema.sql").decode() == (ROOT / "schema.sql").read_text("utf-8")
        shipped = {name for name in wheel.namelist() if name.startswith("phb_tui/")}
    kept = {path for path in (ROOT / "phb_tui").rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    wanted = {path.relative_to(ROOT).as_posix() for path in kept if path.suffix != ".pot"}
    assert shipped == wanted | {"phb_tui/store/schema.sql"}
    assert "phb_tui/py.typed" in shipped


def test_the_wheel_names_no_address(built: Path) -> None:
    """There is no public address of the project, so its metadata invents none; it says that types are checked."""
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        said = wheel.read(next(name for name in wheel.namelist() if name.endswith("/METADATA"))).decode()
    head = said.partition("\n\n")[0]
    assert "://" not in head
    assert "Classifier: Typing :: Typed" in head
    assert "Provides-Extra: central" in head


def test_the_sdist_is_whole(built: Path) -> None:
    """Whatever stands beside this test is in the sdist, so that its tests pass from there."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        shipped = {name.partition("/")[2] for name in sdist.getnames()} - {"PKG-INFO"}
    assert shipped == tracked()


def tracked() -> set[str]:
    """The project's files: what git keeps, or all there is where the project came as an sdist."""
    if (ROOT / ".git").exists():
        listed = run(["git", "ls-files", "-z"], dict(os.environ), ROOT).split("\0")
        return {name for name in listed if name and (ROOT / name).is_file()}
    ignored = {".venv", "__pycache__", ".hypothesis", ".mypy_cache", ".ruff_cache", ".import_linter_cache", "PKG-INFO"}
    files = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return {path.as_posix() for path in files if not ignored & set(path.parts)}
