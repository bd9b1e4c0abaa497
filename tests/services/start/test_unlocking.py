"""What happens while a laptop is unlocked."""

import threading
from pathlib import Path

import pytest

from phb_tui.content import toml_loader
from phb_tui.content.preload import files, preload
from phb_tui.errors import ContentProblem
from phb_tui.keys import unlock_process
from phb_tui.keys.unlock_process import DatabaseKey
from phb_tui.services.start import unlocking
from tests import factories, stores

PASSPHRASE = "four plain words together"


@pytest.fixture
def laptop(tmp_path: Path) -> Path:
    stores.set_up(tmp_path / "stores", PASSPHRASE, factories.joining("http://127.0.0.1:9", "north", "laptop-1"))
    return tmp_path / "stores"


def test_content_is_read_while_the_key_is_derived(laptop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files are read on a thread of their own and are all there before the key is."""
    read = threading.Event()
    on: list[threading.Thread] = []
    derive = unlock_process.unlock

    def reading() -> None:
        preload()
        on.append(threading.current_thread())
        read.set()

    def deriving(folder: Path, passphrase: str) -> DatabaseKey:
        assert read.wait(60)
        return derive(folder, passphrase)

    toml_loader._read.cache_clear()
    monkeypatch.setattr(unlocking, "preload", reading)
    monkeypatch.setattr(unlock_process, "unlock", deriving)
    unlocking.unlock(laptop, PASSPHRASE).store.close()
    assert on != [threading.current_thread()]
    assert toml_loader._read.cache_info().misses == len(files())


def test_a_damaged_form_keeps_nobody_from_unlocking(laptop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop with a form that cannot be read opens; a damaged conversation is said at once."""
    whole = toml_loader._toml
    monkeypatch.setattr(toml_loader, "_toml", lambda file: {} if file == "forms/goal.toml" else whole(file))
    monkeypatch.setattr("phb_tui.i18n._chosen", "en_XX")  # a language in which nothing was read yet
    stores.unlock(laptop, PASSPHRASE).store.close()
    monkeypatch.setattr(toml_loader, "_toml", lambda file: {} if file == "steps.toml" else whole(file))
    monkeypatch.setattr("phb_tui.i18n._chosen", "en_YY")
    with pytest.raises(ContentProblem, match=r"steps\.toml, step"):
        stores.unlock(laptop, PASSPHRASE)
