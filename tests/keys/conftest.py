from pathlib import Path

import pytest

from phb_tui.keys import keyring
from phb_tui.keys.passphrase import FLOOR
from tests.keys.tampered_keyfiles import NOW, PHRASE, USER, both, put


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A key file as `create` wrote it."""
    folder = tmp_path_factory.mktemp("made") / "store"
    keyring.create(folder, PHRASE, USER, NOW, FLOOR).wipe()
    return both(folder)[0]


@pytest.fixture
def folder(tmp_path: Path, original: bytes) -> Path:
    """A store's folder with both copies as they should be."""
    put(tmp_path, original)
    return tmp_path


@pytest.fixture
def no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail the test as soon as a passphrase is stretched."""

    def derive(*_: object) -> bytearray:
        pytest.fail("Argon2 was run")

    monkeypatch.setattr("phb_tui.keys.passphrase.derive", derive)
