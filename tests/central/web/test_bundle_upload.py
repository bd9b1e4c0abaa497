"""Handing in a file from a stick: by central's page, and by its command."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from phb_tui.central import cli
from phb_tui.central.exchange.bundle_service import LONGEST
from phb_tui.central.http.limits import Limits
from phb_tui.central.server.factory import build_central, read_key
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.storage.repository import Storage
from phb_tui.errors import SyncProblem
from phb_tui.sync import signing, wire
from phb_tui.sync.bundle import Bundle, open_answer, seal_bundle
from phb_tui.sync.signing import sealing_key
from tests import factories
from tests.central.client_requests import KEY, PUBLIC, TEAM, changes, request

BOX = sealing_key(KEY)


def sealed(central_key: str, count: int = 3) -> bytes:
    asks = wire.encode_request(request("d0", changes("d0", 1, count)))
    reply_to = BOX.public_key().public_bytes_raw().hex()
    return seal_bundle(Bundle(TEAM, "d0", central_key, reply_to, None, (asks,)), KEY)


@pytest.fixture
def storage() -> Iterator[Storage]:
    made = Storage.on_sqlite(None)
    factories.admit(made, TEAM, "d0", factories.nurse("d0"), PUBLIC)
    yield made
    made.close()


@contextmanager
def page_of(storage: Storage, limits: Limits | None = None) -> Iterator[str]:
    with serve_in_thread(build_central(storage, factories.KEY, limits=limits)) as address:
        yield f"{address}/stick"


def test_the_page_takes_a_file_and_gives_the_answer(storage: Storage) -> None:
    """The answer comes as a file to save, under the name of the one that was sent."""
    with page_of(storage) as address:
        found = httpx2.post(address, files={"file": ("laptop-1.phb", sealed(factories.PUBLIC_KEY))})
    assert found.headers["Content-Disposition"] == 'attachment; filename="laptop-1.phb-answer"'
    answer = open_answer(found.content, BOX, factories.PUBLIC_KEY)
    assert wire.decode_reply(answer.replies[0]).ack == 3


def test_the_page_has_no_script_and_names_nobody(storage: Storage) -> None:
    """Whoever opens the page is told what to do, and learns nothing about a team."""
    with page_of(storage) as address:
        found = httpx2.get(address)
    assert found.status_code == 200
    assert "Choose the newest file" in found.text
    assert not any(word in found.text for word in ("<script", "Team", TEAM))
    assert "default-src 'none'" in found.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "words", "says"),
    [
        ("notes.txt", b"dear central", "not a file of phb-tui"),
        ("a.phb", b"", "not a file of phb-tui"),
        ("a.phb", b"phb-tui bundle 1\n" + bytes(200), "not a file of phb-tui"),
    ],
)
def test_a_wrong_file_is_named_on_the_page(name: str, words: bytes, says: str, storage: Storage) -> None:
    """A file that is not a bundle gets the page again, with a sentence."""
    with page_of(storage) as address:
        found = httpx2.post(address, files={"file": (name, words)})
    assert found.status_code == 403
    assert says in found.text


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data; boundary=x", b"--x\r\nrubbish"),
        ("multipart/form-data", b"--x--"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nhi\r\n--x--\r\n',
        ),
        ("application/json", b"{}"),
        ("", b""),
    ],
)
def test_a_form_without_a_file_gets_the_page_again(kind: str, body: bytes, storage: Storage) -> None:
    """Forms that are damaged or have no file are answered with a sentence, never with a mistake."""
    with page_of(storage) as address:
        found = httpx2.post(address, content=body, headers={"Content-Type": kind})
    assert (found.status_code, "No file came with this" in found.text) == (400, True)


def test_a_file_that_is_too_large_is_not_read_to_its_end(storage: Storage) -> None:
    """More than a bundle can hold is refused with a sentence."""
    with page_of(storage) as address:
        found = httpx2.post(address, files={"file": ("a.phb", bytes(LONGEST + 1))}, timeout=60)
    assert (found.status_code, "too large" in found.text) == (413, True)


def test_a_stranger_cannot_hand_in_without_end(storage: Storage) -> None:
    """Handing in is limited for each address, for anybody may do it."""
    with page_of(storage, Limits(unknown_burst=2, unknown_per_second=0.001)) as address:
        found = [httpx2.post(address, files={"file": ("a.phb", b"x")}).status_code for _ in range(3)]
    assert found == [403, 403, 429]


def test_the_command_answers_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On central's own machine `phb-central bundle` does the same, from a file into a file."""
    database, key_file = tmp_path / "central.db", tmp_path / "central.key"
    cli.main(["init", "--database", str(database), "--key-file", str(key_file)])
    storage = Storage.on_sqlite(database)
    factories.admit(storage, TEAM, "d0", factories.nurse("d0"), PUBLIC)
    storage.close()
    central_key = signing.public_key(read_key(key_file))
    (tmp_path / "a.phb").write_bytes(sealed(central_key))
    answer = tmp_path / "a.phb-answer"
    common = ["--database", str(database), "--key-file", str(key_file)]
    cli.main(["bundle", str(tmp_path / "a.phb"), str(answer), *common])
    assert "Take it back to the laptop" in capsys.readouterr().out
    assert len(open_answer(answer.read_bytes(), BOX, central_key).replies) == 1
    with pytest.raises(SystemExit, match="cannot be read or written"):
        cli.main(["bundle", str(tmp_path / "none.phb"), str(answer), *common])


def test_one_for_another_central_is_refused(storage: Storage) -> None:
    """What was sealed to another central cannot be opened here."""
    other = signing.public_key(signing.new_key()[0])
    central = build_central(storage, factories.KEY)
    with pytest.raises(SyncProblem, match="not a file of phb-tui"):
        central.bundles.answer(sealed(other))
