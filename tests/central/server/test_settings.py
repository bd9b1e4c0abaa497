"""Central's settings: which source counts, what a wrong one says, and that no secret is ever shown."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from phb_tui.central import cli
from phb_tui.central.server.settings import NOT_OPTIONS, DatabaseSettings, ServerSettings, check
from phb_tui.central.server.settings_sources import in_file, load, option, variable
from phb_tui.errors import SettingsProblem

ROOT = Path(__file__).parents[3]
WORDS = "SECRETWORDS"
PROVIDER = "https://provider.example"


@pytest.fixture(autouse=True)
def nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ServerSettings.model_fields:
        monkeypatch.delenv(variable(name), raising=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_options_count_before_the_environment_and_that_before_the_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each setting is taken from the first source that has it, and from its default where none has."""
    file.write_text('host = "::1"\nport = 1\nclaim = "email"\nlog = true\n', "utf-8")
    monkeypatch.setenv("PHB_CENTRAL_SETTINGS", str(file))
    monkeypatch.setenv("PHB_CENTRAL_PORT", "2")
    monkeypatch.setenv("PHB_CENTRAL_HOST", "127.0.0.2")
    how = load(ServerSettings, {"host": "127.0.0.3", "log": False})
    assert (how.host, how.port, how.claim, how.log, how.workers) == ("127.0.0.3", 2, "email", False, 1)
    monkeypatch.setenv("PHB_CENTRAL_SETTINGS", "nowhere.toml")
    assert load(ServerSettings, {"settings": str(file)}).claim == "email"


def test_every_setting_can_be_given_by_each_source(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the file and what stands in the environment gives the same as the options do."""
    given: dict[str, object] = {
        name: 7 if field.annotation is int else True if field.annotation is bool else f"a-{name}"
        for name, field in ServerSettings.model_fields.items()
        if name != "settings"
    }
    by_option = load(ServerSettings, given)
    lines = (f"{in_file(name)} = {str(v).lower() if isinstance(v, int) else repr(v)}" for name, v in given.items())
    file.write_text("\n".join(lines), "utf-8")
    by_file = load(ServerSettings, {"settings": str(file)})
    for name, value in given.items():
        monkeypatch.setenv(variable(name), str(value))
    by_environment = load(ServerSettings, {})
    assert by_option.model_dump() == by_environment.model_dump() == {**by_file.model_dump(), "settings": ""}


def test_every_option_of_old_is_an_option_still() -> None:
    """The flags that central had before its settings had other sources go on working, with their meaning."""
    flags = [
        "--database", "c.db", "--key-file", "c.key", "--host", "::1", "--port", "1", "--certfile", "c", "--keyfile",
        "k", "--workers", "2", "--log", "--sign-in", PROVIDER, "--client-id", "i", "--claim", "email",
        "--public-address", "https://c.example", "--link-for", "lee", "--proxy", "10.0.0.1",
    ]  # fmt: skip
    how = load(ServerSettings, cli._given_options(cli._parse(["serve", *flags]), ServerSettings))
    found = how.model_dump(exclude={"settings", "client_secret"})
    assert found.pop("database").get_secret_value() == "c.db"
    assert list(found.values()) == [
        "c.key", "::1", 1, "c", "k", 2, True, PROVIDER, "i", "email", "https://c.example", "lee", "10.0.0.1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("port = true", "port in {file} has to be a whole number from 0 to 65535."),
        (f"workers = '{WORDS}'", "workers in {file} has to be a whole number from 1 to 1000."),
        (f"log = '{WORDS}'", "log in {file} has to be true or false."),
        ("database = ''", "database in {file} has to be text, and not empty."),
        (f"client-secret = ['{WORDS}']", "client-secret in {file} has to be text."),
        (f"hots = '{WORDS}'", "hots in {file} is no setting of central's."),
        (f"client_secret = '{WORDS}'", "client_secret in {file} is no setting of central's. "),
        ("settings = 'more.toml'", "settings in {file} is no setting of central's. "),
        (f"port = 1\nclient-secret = {WORDS}", "The settings file {file} is no TOML, at line 2."),
    ],
)
def test_what_is_wrong_in_the_file_is_named(line: str, words: str, file: Path) -> None:
    """One sentence says which setting is wrong, in which file and what it has to be, and never what it is."""
    file.write_text(line, "utf-8")
    with pytest.raises(SettingsProblem, match=re.escape(words.format(file=file))) as caught:
        load(ServerSettings, {"settings": str(file)})
    assert WORDS not in str(caught.value) + repr(caught.value.__cause__)


@pytest.mark.parametrize("words", [None, b"\xff", b"#" * 100_000])
def test_a_file_that_cannot_be_read_is_a_sentence(words: bytes | None, file: Path) -> None:
    """A file that is not there, is no text or is far too long is named, whoever named it."""
    if words is not None:
        file.write_bytes(words)
    for kind in (DatabaseSettings, ServerSettings):
        with pytest.raises(SettingsProblem, match=re.escape(f"The settings file {file} ")):
            load(kind, {"settings": str(file)})


def test_what_is_wrong_elsewhere_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong option is named as the option, and a wrong variable as the variable."""
    with pytest.raises(SettingsProblem, match="--port has to be"):
        load(ServerSettings, {"port": WORDS})
    monkeypatch.setenv("PHB_CENTRAL_PORT", "tcp://10.0.0.1:8443")
    with pytest.raises(SettingsProblem, match="PHB_CENTRAL_PORT in the environment has to be"):
        load(ServerSettings, {})
    assert load(ServerSettings, {"port": "1"}).port == 1
    assert load(DatabaseSettings, {}).key_file.endswith("central.key")  # a command that serves nothing needs no port


def test_what_cannot_be_served_names_its_source(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that are well-formed and do not go together are named by where they came from, or as options."""
    file.write_text(f'sign-in = "{PROVIDER}"\n', "utf-8")
    monkeypatch.setenv("PHB_CENTRAL_WORKERS", "2")
    with pytest.raises(SettingsProblem) as caught:
        check(load(ServerSettings, {"settings": str(file), "link_for": "lee", "client_id": "c", "database": "c.db"}))
    assert f"--link-for, or sign-in in {file} and PHB_CENTRAL_WORKERS in the environment." in str(caught.value)
    with pytest.raises(SettingsProblem, match="Give it with --client-id"):
        check(load(ServerSettings, {"settings": str(file)}))


def test_no_secret_is_shown() -> None:
    """Central's secret and its database's password are in nothing that shows settings, and the secret is no option."""
    how = load(
        ServerSettings,
        {"database": f"postgresql://central:{WORDS}@127.0.0.1/central", "client_secret": WORDS, "sign_in": PROVIDER,
         "client_id": "central", "public_address": "https://Central.example:443"},
    )  # fmt: skip
    sign_in = how.oidc()
    assert sign_in
    assert (sign_in.secret, sign_in.redirect_uri) == (WORDS, "https://central.example/signed-in")
    assert WORDS not in f"{how!r} {how} {how.model_dump_json()} {sign_in!r}"
    assert load(ServerSettings, {}).oidc() is None
    with pytest.raises(SystemExit):
        cli._parse(["serve", option("client_secret"), WORDS])


def test_a_process_that_is_started_to_help_has_the_same_settings(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the first process read is handed on by the environment, also what a file had that has changed since."""
    for name in ServerSettings.model_fields:
        monkeypatch.setenv(variable(name), "")  # so that it is put back afterwards
        monkeypatch.delenv(variable(name))
    file.write_text(f'client-secret = "{WORDS}"\nport = 1\n', "utf-8")
    how = load(ServerSettings, {"settings": str(file), "log": True, "database": "postgresql:///central"})
    file.write_text("port = 2\n", "utf-8")
    how.to_environment()
    assert load(ServerSettings, {}).model_dump() == {**how.model_dump(), "settings": ""}


@pytest.mark.parametrize(
    "options",
    [
        ("--settings", "nowhere.toml"),
        ("--port", WORDS),
        ("--database", "."),
        ("--key-file", "."),
        ("--database", "no-database"),
    ],
)
def test_a_wrong_setting_ends_the_command_with_one_sentence(options: tuple[str, ...], tmp_path: Path) -> None:
    """Whatever cannot be used, the command says so on one line, without a traceback and without the value."""
    (tmp_path / "no-database").write_text("words of somebody's", "utf-8")
    files = ["--database", "c.db", "--key-file", "c.key", "--port", "0"]
    command = [sys.executable, "-m", "phb_tui.central", "serve", *files, *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=environment)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.endswith(".\n")
    assert WORDS not in done.stderr


def test_the_document_has_every_setting() -> None:
    """Each setting stands in docs/central-settings.md, by its option where it has one, its variable and its line."""
    text = (ROOT / "docs" / "central-settings.md").read_text("utf-8")
    for name in ServerSettings.model_fields:
        assert variable(name) in text
        assert f"`{option(name)}`" in text or name in NOT_OPTIONS
        assert f"`{in_file(name)}`" in text or name == "settings"


def test_the_example_is_a_good_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings file that is given to whoever installs central can be read, and says how people sign in."""
    how = load(ServerSettings, {"settings": str(ROOT / "deploy" / "settings.toml")})
    assert how.oidc()
    assert how.certfile
