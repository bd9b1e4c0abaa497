import logging
import os
import stat
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from phb_tui.errors import KeyFileProblem, KeyProblem, PassphraseTooWeak, WrongPassphrase
from phb_tui.keys import keyring
from phb_tui.keys.passphrase import FLOOR
from tests.keys.tampered_keyfiles import NOW, PHRASE, USER, both, forged, listed, put, resigned

GOLDEN = Path(__file__).with_name("golden.keys.json")
GOLDEN_KEY = "0ae618bcd15002bbf1c2646f395e51a6ecf677d44520b971ea7172bb07f8741f"
STORE = "7d9f2a44-6a3e-4c0b-8f6d-3b1f5f0a9c21"


def test_key_files_of_version_1_open_for_ever(tmp_path: Path) -> None:
    """A key file kept from the first release opens and gives the very same database key."""
    put(tmp_path, GOLDEN.read_bytes().replace(b"\r\n", b"\n"))
    assert keyring.unlock(tmp_path, PHRASE).database_key().hex() == GOLDEN_KEY


def test_what_was_created_opens(tmp_path: Path) -> None:
    """A new store opens with its passphrase and gives the same 32-byte database key."""
    made = keyring.create(tmp_path / "new", PHRASE, USER, NOW, FLOOR, store_id=STORE)
    opened = keyring.unlock(tmp_path / "new", PHRASE)
    assert (opened.store_id, opened.epoch, opened.gen, opened.user) == (STORE, 1, 1, USER)
    assert opened.database_key() == made.database_key()
    assert len(made.database_key()) == 32


def test_two_stores_never_share_a_key(tmp_path: Path) -> None:
    """The same passphrase and the same user still give each store a key and a number of its own."""
    one, two = (keyring.create(tmp_path / name, PHRASE, USER, NOW, FLOOR) for name in "ab")
    assert one.store_id != two.store_id
    assert one.database_key() != two.database_key()


@pytest.mark.parametrize("typed", ["", " ", "velvet otter zoë picnic", "velvet otter Zoë picnic."])
def test_a_wrong_passphrase_says_so(folder: Path, typed: str) -> None:
    """A wrong passphrase, even an empty one, is told apart from damage and hints at Caps Lock."""
    with pytest.raises(WrongPassphrase) as refusal:
        keyring.unlock(folder, typed)
    assert refusal.value.sentence == "Passphrase not recognised. Check Caps Lock and try again."


def test_a_wrong_passphrase_changes_nothing(folder: Path, original: bytes) -> None:
    """A wrong passphrase mends nothing: a damaged second copy stays as it is."""
    put(folder, original, b"torn")
    with pytest.raises(WrongPassphrase):
        keyring.unlock(folder, "quite another phrase")
    assert both(folder) == [original, b"torn"]


def test_a_mac_keyboard_opens_what_a_pc_keyboard_closed(folder: Path) -> None:
    """Decomposed accents and a stray space open what was set with composed ones."""
    assert keyring.unlock(folder, unicodedata.normalize("NFD", PHRASE) + " ").user == USER


def test_both_copies_are_written_and_equal(tmp_path: Path) -> None:
    """Setting up leaves two identical copies and nothing else."""
    keyring.create(tmp_path / "new", PHRASE, USER, NOW, FLOOR)
    first, second = both(tmp_path / "new")
    assert first == second
    assert listed(tmp_path / "new") == ["keys.json", "keys.json.2"]


@pytest.mark.parametrize("damage", [b"", b"torn", b"x" * 70_000, None])
@pytest.mark.parametrize("which", [0, 1])
def test_one_bad_copy_is_replaced_by_the_good_one(
    folder: Path, original: bytes, damage: bytes | None, which: int
) -> None:
    """With one copy missing or damaged the other opens the store and mends it."""
    path = folder / keyring.COPIES[which]
    path.unlink() if damage is None else path.write_bytes(damage)
    keyring.unlock(folder, PHRASE)
    assert both(folder) == [original, original]


def test_a_tampered_first_copy_gives_way_to_the_second(folder: Path, original: bytes) -> None:
    """A first copy that opens but fails its MAC is replaced by an honest second one."""
    put(folder, forged(original, lambda d: d.update(gen=9)), original)
    assert keyring.unlock(folder, PHRASE).gen == 1
    assert both(folder) == [original, original]


def test_an_older_second_copy_is_brought_up_to_date(folder: Path, original: bytes) -> None:
    """When a save stopped between the copies, the first and newer one decides."""
    newer = resigned(original, lambda d: d.update(gen=2))
    put(folder, newer, original)
    assert keyring.unlock(folder, PHRASE).gen == 2
    assert both(folder) == [newer, newer]


@pytest.mark.parametrize(("copies", "words"), [((b"torn", b""), "damaged or missing"), ((), "is missing")])
def test_without_a_usable_copy_it_says_what_to_do(
    tmp_path: Path, copies: tuple[bytes, ...], words: str, no_work: None
) -> None:
    """With both copies gone the sentence says not to delete anything and whom to tell."""
    if copies:
        put(tmp_path, *copies)
    with pytest.raises(KeyFileProblem, match=words) as problem:
        keyring.unlock(tmp_path, PHRASE)
    assert "Do not delete anything" in problem.value.sentence
    assert "IT team" in problem.value.sentence


def test_a_newer_copy_is_never_overwritten(folder: Path, original: bytes, no_work: None) -> None:
    """A copy written by a newer version stops an older one before it can mend it away."""
    newer = forged(original, lambda d: d.update(v=2))
    put(folder, original, newer)
    with pytest.raises(KeyFileProblem, match="Update phb-tui"):
        keyring.unlock(folder, PHRASE)
    assert both(folder) == [original, newer]


def test_a_disk_that_cannot_be_mended_still_opens(
    folder: Path, original: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk while mending does not keep a nurse out of the store."""
    put(folder, b"torn", original)
    monkeypatch.setattr("phb_tui.keys.keyring.write_private", _disk_full)
    assert keyring.unlock(folder, PHRASE).user == USER


@pytest.mark.parametrize("name", keyring.COPIES)
def test_a_key_file_is_never_replaced_by_a_new_one(folder: Path, original: bytes, name: str, no_work: None) -> None:
    """Setting up over either copy of an existing key file is refused."""
    next(folder / other for other in keyring.COPIES if other != name).unlink()
    with pytest.raises(KeyFileProblem, match="already a key file"):
        keyring.create(folder, PHRASE, USER, NOW, FLOOR)
    assert (folder / name).read_bytes() == original


def test_a_weak_passphrase_sets_nothing_up(tmp_path: Path, no_work: None) -> None:
    """A store cannot be made with a passphrase the rules refuse."""
    with pytest.raises(PassphraseTooWeak):
        keyring.create(tmp_path / "new", "password password", USER, NOW, FLOOR)
    assert not (tmp_path / "new").exists()


def test_a_bad_store_number_sets_nothing_up(tmp_path: Path, no_work: None) -> None:
    """A store number that is not a random UUID is refused before anything is written."""
    with pytest.raises(KeyFileProblem, match="number of the new store"):
        keyring.create(tmp_path / "new", PHRASE, USER, NOW, FLOOR, store_id="../x")
    assert not (tmp_path / "new").exists()


def test_a_full_disk_at_set_up_leaves_no_half_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills before the second copy leaves none, so that setting up can be tried again."""
    calls: list[Path] = []

    def once(path: Path, data: bytes) -> None:
        calls.append(path)
        path.write_bytes(data) if len(calls) == 1 else _disk_full()

    monkeypatch.setattr("phb_tui.keys.keyring.write_private", once)
    with pytest.raises(KeyFileProblem, match="disk is full"):
        keyring.create(tmp_path, PHRASE, USER, NOW, FLOOR)
    assert len(calls) == 2
    assert listed(tmp_path) == []


@pytest.mark.parametrize(
    "step",
    [lambda folder: keyring.create(folder / "new", PHRASE, USER, NOW, FLOOR), lambda f: keyring.unlock(f, PHRASE)],
    ids=["create", "unlock"],
)
def test_too_little_memory_is_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: Callable[[Path], object]
) -> None:
    """When Argon2 cannot have its memory the nurse is told to close other programs."""

    def derive(*_: object) -> bytearray:
        raise MemoryError

    monkeypatch.setattr("phb_tui.keys.passphrase.derive", derive)
    with pytest.raises(KeyProblem, match="not enough free memory"):
        step(folder)


def test_a_wiped_keyring_holds_and_gives_no_key(folder: Path) -> None:
    """Wiping zeroes the data key in place, and afterwards no key can be had."""
    ring = keyring.unlock(folder, PHRASE)
    held = ring._dek
    ring.wipe()
    ring.wipe()
    assert held == bytearray(32)
    with pytest.raises(KeyProblem, match="locked"):
        ring.database_key()


def test_repr_and_log_show_no_secret(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the printed keyring nor the log shows key, passphrase or user."""
    caplog.set_level(logging.DEBUG)
    ring = keyring.unlock(folder, PHRASE)
    shown = repr(ring) + str(ring) + caplog.text
    key = ring.database_key()
    secrets = [bytes(key).hex(), repr(bytes(key)), ring._dek.hex(), repr(bytes(ring._dek)), PHRASE, USER]
    assert not [secret for secret in secrets if secret in shown]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes; the folder's own list is tested instead")
def test_only_the_owner_may_read(tmp_path: Path) -> None:
    """The folder is 0700 and both copies 0600, whatever the umask."""
    before = os.umask(0)
    try:
        keyring.create(tmp_path / "new", PHRASE, USER, NOW, FLOOR)
    finally:
        os.umask(before)
    modes = [stat.S_IMODE((tmp_path / "new" / name).stat().st_mode) for name in (".", *keyring.COPIES)]
    assert modes == [0o700, 0o600, 0o600]


def _disk_full(*_: object) -> None:
    raise OSError(28, "No space left on device")
