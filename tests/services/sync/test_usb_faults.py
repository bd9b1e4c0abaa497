"""Sticks that are lost, damaged, forged or full: nobody reads a word, and a sentence says what to do."""

import dataclasses
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phb_tui.domain.records.changes import SyncPosition
from phb_tui.errors import CentralNonsense, CentralRefused, LaptopLocked, NotSaved, RuleBroken, WouldRemove
from phb_tui.services.sync import enrolment, sync_service, usb_exchange
from phb_tui.store.database import Database
from phb_tui.sync import bundle, wire
from phb_tui.sync.protocol import SyncRequest
from phb_tui.sync.signing import sealing_key
from tests import factories
from tests.central.client_requests import KEY, PUBLIC
from tests.services.environment import TEAM, Environment
from tests.services.sync.usb_helpers import carry, central, colleague_writes, laptop, people_at_central, rows, waiting


def test_a_lost_laptop_is_told_and_gets_nothing(env: Environment, folder: Path) -> None:
    """A revoked laptop's words are kept aside, it gets no record, and it locks."""
    colleague_writes(env, 5)
    env.write()
    env.access.revoke(TEAM, "laptop-1")
    before = rows(laptop(env))
    usb_exchange.write(laptop(env), str(folder))
    carry(env, folder)
    with pytest.raises(LaptopLocked):
        usb_exchange.read(laptop(env), str(folder))
    assert rows(laptop(env)) == before
    assert "refused" in env.outcomes()


def test_nobody_on_the_way_reads_a_word(env: Environment, folder: Path) -> None:
    """Neither the name nor any id stands in the files."""
    env.write()
    file = usb_exchange.write(laptop(env), str(folder))
    (answer,) = carry(env, folder)
    for words in (file.read_bytes(), answer.read_bytes()):
        assert not any(word in words for word in (b"Price", b"laptop-1", TEAM.encode() + b"/", b"person"))


def test_another_laptops_answer_is_passed_over(env: Environment, folder: Path) -> None:
    """An answer for somebody else is neither read nor deleted."""
    other = bundle.Answer(TEAM, "laptop-2", (), ())
    box = sealing_key(KEY).public_key().public_bytes_raw().hex()
    theirs = folder / "laptop-2-x.phb-answer"
    theirs.write_bytes(bundle.seal_answer(other, factories.KEY, box))
    with pytest.raises(RuleBroken, match="no answer"):
        usb_exchange.read(laptop(env), str(folder))
    assert theirs.exists()


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_named_and_takes_nothing(data: st.DataObject, env: Environment, folder: Path) -> None:
    """One wrong byte anywhere, or a missing end: central and the laptop say so and take nothing."""
    if not people_at_central(env):
        env.write()
        env.sync()
    file = usb_exchange.write(laptop(env), str(folder))
    good = central(env).answer(file.read_bytes())
    for words, take in ((file.read_bytes(), central(env).answer), (good, _opened(env))):
        at = data.draw(st.integers(0, len(words) - 1))
        wrong = bytes([words[at] ^ data.draw(st.integers(1, 255))])
        for damaged in (words[:at] + wrong + words[at + 1 :], words[:at]):
            with pytest.raises((CentralRefused, CentralNonsense)) as caught:
                take(damaged)
            assert "Nothing was taken" in str(caught.value.sentence)


def _opened(env: Environment):  # type: ignore[no-untyped-def] # noqa: ANN202
    key = enrolment.device_key(laptop(env))
    return lambda words: bundle.open_answer(words, sealing_key(key), factories.PUBLIC_KEY)


def test_a_damaged_answer_stays_and_is_told(env: Environment, folder: Path) -> None:
    """An answer that is damaged is told with a sentence, and stays on the stick."""
    file = usb_exchange.write(laptop(env), str(folder))
    (answer,) = carry(env, folder)
    answer.write_bytes(answer.read_bytes()[:-1])
    with pytest.raises(CentralNonsense, match="damaged"):
        usb_exchange.read(laptop(env), str(folder))
    assert file.exists()
    assert answer.exists()


def test_a_laptop_cannot_speak_for_another(env: Environment) -> None:
    """A bundle that names another laptop, or another laptop or team inside, is refused."""
    factories.admit(env.storage, TEAM, "d0", factories.nurse("d0"), PUBLIC)
    forged = bundle.Bundle(TEAM, "laptop-1", factories.PUBLIC_KEY, "00" * 32, None, ())
    with pytest.raises(CentralRefused, match="not signed"):
        central(env).answer(bundle.seal_bundle(forged, KEY))
    box = sealing_key(KEY)
    to = box.public_key().public_bytes_raw().hex()
    for named in (("south", "d0"), (TEAM, "laptop-1")):
        asks = wire.encode_request(SyncRequest(*named, SyncPosition(), "", 1, ()))
        inside = bundle.Bundle(TEAM, "d0", factories.PUBLIC_KEY, to, None, (asks,))
        answer = bundle.open_answer(central(env).answer(bundle.seal_bundle(inside, KEY)), box, factories.PUBLIC_KEY)
        assert (answer.replies, answer.problem) == ((), "This laptop may not ask for that team.")


def test_an_answer_not_from_central_is_refused(env: Environment, folder: Path) -> None:
    """Somebody who knows the laptop's key to seal to still cannot answer for central."""
    box = sealing_key(enrolment.device_key(laptop(env))).public_key().public_bytes_raw().hex()
    made = bundle.seal_answer(bundle.Answer(TEAM, "laptop-1", (), ()), KEY, box)
    (folder / f"{laptop(env).device_id[:8]}-x.phb-answer").write_bytes(made)
    with pytest.raises(CentralNonsense):
        usb_exchange.read(laptop(env), str(folder))


def test_many_people_are_not_taken_off_by_a_stick_without_asking(
    env: Environment, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that would remove many people stops and asks, as any exchange does."""
    monkeypatch.setattr("phb_tui.sync.engine.MOST_REMOVED", -1)
    monkeypatch.setattr("phb_tui.store.remote_writes.count_removals", lambda *_: 5)
    usb_exchange.write(laptop(env), str(folder))
    carry(env, folder)
    with pytest.raises(WouldRemove):
        usb_exchange.read(laptop(env), str(folder))
    assert len(list(folder.iterdir())) == 2, "it can be read again once that is settled"


@pytest.mark.parametrize("words", ["", "  ", "/nowhere/at/all", "~nobody-at-all", "x" * 5_000, "a\0b"])
def test_no_such_folder_is_said(words: str, env: Environment) -> None:
    """A folder that is not there is named as one, for writing and for reading."""
    for do in (usb_exchange.write, usb_exchange.read):
        with pytest.raises(RuleBroken, match="no such folder"):
            do(laptop(env), words)


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_an_answer_that_cannot_be_read_is_said_and_stops_no_other(env: Environment, folder: Path) -> None:
    """A folder or a broken link in the place of an answer is named in a sentence; the answer beside it is taken."""
    env.write()
    begins = usb_exchange.write(laptop(env), str(folder)).name[:8]
    first = folder / f"{begins}-0000.phb-answer"
    for is_folder in (True, False):
        first.mkdir() if is_folder else first.symlink_to(folder / "nothing")
        with pytest.raises(CentralNonsense, match="could not be read"):
            usb_exchange.read(laptop(env), str(folder))
        first.rmdir() if is_folder else first.unlink()
    first.mkdir()
    carry(env, folder)
    usb_exchange.read(laptop(env), str(folder))
    assert waiting(env) == 0


def test_a_full_stick_is_said_and_leaves_no_half_file(
    env: Environment, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the stick is full there is a sentence, and no file that looks whole."""

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotSaved, match="room on the stick"):
        usb_exchange.write(laptop(env), str(folder))
    assert not list(folder.glob("*.phb"))


def test_an_exchange_never_touches_the_screens_connection(env: Environment, folder: Path) -> None:
    """Exchanges by network and by stick work without the connection that the screens use."""
    session = laptop(env)
    env.write()
    alone = dataclasses.replace(session, store=_Alone(session.store))  # type: ignore[arg-type]
    sync_service.sync_now(alone, lambda _: None)
    usb_exchange.write(alone, str(folder))
    carry(env, folder)
    usb_exchange.read(alone, str(folder))
    assert waiting(env) == 0


class _Alone:
    """A store without the screens' connection."""

    def __init__(self, store: object) -> None:
        self._store = store

    @property
    def db(self) -> Database:
        raise AssertionError("the exchange used the connection of the screens")

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def test_the_key_that_answers_are_sealed_to_is_the_laptops_own(env: Environment) -> None:
    """Central's two keys and the laptop's are all different."""
    keys = {
        factories.PUBLIC_KEY[:64],
        factories.PUBLIC_KEY[64:],
        bundle_public(enrolment.device_key(laptop(env))),
    }
    assert len(keys) == 3


def bundle_public(key: str) -> str:
    return sealing_key(key).public_key().public_bytes_raw().hex()
