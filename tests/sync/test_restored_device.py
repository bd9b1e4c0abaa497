"""A laptop restored from an older copy of itself continues: nothing is lost, nothing is there twice."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from phb_tui.central.api import sync
from phb_tui.central.server.factory import build_central
from phb_tui.central.storage.sqlite import SqliteEngine
from phb_tui.errors import CentralRefused, CentralUnreachable, LaptopLocked, PutBack, SyncProblem
from phb_tui.services.person import caseload
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from phb_tui.services.sync import enrolment, sync_service, usb_exchange
from phb_tui.store import change_log, key_values
from phb_tui.sync import signing
from phb_tui.sync.http_client import HttpCentral
from phb_tui.sync.restore_messages import Common, Succession
from phb_tui.sync.signing import Signer
from tests import factories
from tests.services.environment import TEAM, Environment
from tests.sync.disk_copies import Copies


def write(env: Environment, *names: str) -> None:
    assert env.session
    for name in names:
        editing.save(env.session, caseload.add(env.session), {"given_name": name})


def at_central(env: Environment) -> list[str]:
    """The given names of everybody at central."""
    rows = env.storage.read({TEAM}, lambda repository: repository.rows_of_kind(TEAM, "person"))
    return sorted(row.values.split('"given_name":"')[1].split('"')[0] for row in rows)


def here(env: Environment) -> list[str]:
    assert env.session
    found = env.session.store.db.execute("SELECT shown ->> '$.given_name' FROM record WHERE kind = 'person'")
    return sorted(name for (name,) in found.fetchall())


@pytest.mark.parametrize("lost", [0, 1, 3])
@pytest.mark.parametrize("new", [0, 1, 2, 5])
@pytest.mark.parametrize("waited", [0, 2])
def test_a_restored_laptop_continues(env: Environment, copies: Copies, lost: int, new: int, waited: int) -> None:
    """However much was sent since the copy, written since, or waiting in it: all of it is at both ends, once."""
    write(env, "Sent")
    env.sync()
    waiting = [f"Waited {number}" for number in range(waited)]
    write(env, *waiting)
    copies.take()
    gone = [f"After {number}" for number in range(lost)]
    write(env, *gone)
    env.sync()
    copies.put_back()
    later = [f"New {number}" for number in range(new)]
    write(env, *later)
    env.sync()
    everybody = sorted(["Sent", *waiting, *gone, *later])
    assert at_central(env) == everybody
    assert here(env) == everybody
    write(env, "Last")
    env.sync()
    session = env.session
    assert session
    status = sync_service.status(session)
    assert (status.waiting, status.quarantined, status.conflicts) == (0, 0, 0)
    assert change_log.verify(session.store.db, TEAM) == 0
    assert at_central(env) == sorted([*everybody, "Last"])


def test_what_is_written_meanwhile_is_sent_under_the_new_device_id(env: Environment, copies: Copies) -> None:
    """A screen that was open while the laptop got its new device id goes on writing, and central takes it."""
    copies.take()
    write(env, "After")
    env.sync()
    session = copies.put_back()
    env.sync()
    assert session.device_id != key_values.get(session.store.db, "device_id")
    write(env, "Same session")
    env.sync()
    assert env.outcomes().count("refused") == 0
    assert at_central(env) == ["After", "Same session"]


def test_a_laptop_restored_several_times_continues(env: Environment, copies: Copies) -> None:
    """Each copy goes on, also the same one twice, and one from before the last time."""
    copies.take("first")
    write(env, "A")
    env.sync()
    copies.put_back("first")
    write(env, "B")
    env.sync()
    copies.take("second")
    write(env, "C")
    env.sync()
    for number, name in enumerate(("second", "first", "second")):
        copies.put_back(name)
        write(env, f"D{number}")
        env.sync()
    assert at_central(env) == ["A", "B", "C", "D0", "D1", "D2"]
    assert here(env) == at_central(env)


class Cut(HttpCentral):
    """A line that breaks at the question for another name: before it arrives, or after."""

    after = False

    def succeed(self, asked: Succession) -> Common:
        if self.after:
            super().succeed(asked)
        raise CentralUnreachable("lost")


@pytest.mark.parametrize("lost", ["question", "answer"])
def test_after_a_lost_reply_it_asks_for_the_same_device_id(
    env: Environment, copies: Copies, lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lost question or a lost answer leaves everything as it was, and the next exchange ends well."""
    copies.take()
    write(env, "After")
    env.sync()
    session = copies.put_back()
    write(env, "New")
    with monkeypatch.context() as patch:
        patch.setattr(Cut, "after", lost == "answer")
        patch.setattr("phb_tui.sync.http_client.HttpCentral", Cut)
        with pytest.raises(CentralUnreachable):
            env.sync()
    assert sync_service.status(session).waiting == 1
    env.sync()
    assert at_central(env) == ["After", "New"]
    names = [one.device_id for one in env.storage.read({TEAM}, lambda repository: repository.devices(TEAM))]
    assert len(names) == 2


def test_a_central_of_before_says_a_sentence_and_nothing_is_lost(
    env: Environment, copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A central that knows no successors refuses as ever; the laptop keeps everything, and goes on when it is newer."""
    copies.take()
    write(env, "After")
    env.sync()
    session = copies.put_back()
    write(env, "New")
    with monkeypatch.context() as patch:
        patch.setattr(sync, "PutBack", CentralUnreachable)  # it does not say what it is
        with pytest.raises(CentralRefused, match="older copy of the laptop"):
            env.sync()
    assert sync_service.status(session).waiting == 1
    env.sync()
    assert at_central(env) == ["After", "New"]


def test_a_stick_acknowledges_no_other_changes(env: Environment, copies: Copies, tmp_path: Path) -> None:
    """An answer about other changes under the same numbers is not taken; what waits goes on waiting."""
    session = env.session
    assert session
    folder = tmp_path / "stick"
    folder.mkdir()
    copies.take()
    write(env, "A", "B")
    session = env.session
    assert session
    file = usb_exchange.write(session, str(folder))
    central = http_bundles(env)
    file.with_suffix(".phb-answer").write_bytes(central(file.read_bytes()))
    session = copies.put_back()
    write(env, "C", "D")
    with pytest.raises(PutBack):
        usb_exchange.read(session, str(folder))
    assert sync_service.status(session).waiting == 2
    env.sync()
    assert at_central(env) == ["A", "B", "C", "D"]


def http_bundles(env: Environment) -> Callable[[bytes], bytes]:
    return build_central(env.storage, factories.KEY).bundles.answer


def test_a_former_device_id_opens_nothing_once_access_has_ended(env: Environment, copies: Copies) -> None:
    """Whoever ends the laptop's access ends it by all its device ids; a copy of its disk gets no new one."""
    copies.take("before")
    write(env, "After")
    env.sync()
    copies.put_back("before")
    env.sync()
    session = env.session
    assert session
    env.access.revoke(TEAM, key_values.get(session.store.db, "device_id"))
    copies.put_back("before")
    with pytest.raises((SyncProblem, LaptopLocked)):
        env.sync()
    states = {one.state for one in env.storage.read({TEAM}, lambda repository: repository.devices(TEAM))}
    assert states == {"replaced", "revoked"}


def test_an_old_key_gets_no_new_device_id(env: Environment, copies: Copies) -> None:
    """A laptop that joined again with a new key is not followed by a copy that has the old one."""
    copies.take("before")
    write(env, "After")
    env.sync()
    copies.put_back("before")
    env.sync()
    session = env.session
    assert session
    name = key_values.get(session.store.db, "device_id")
    code = env.access.create_enrolment_code(env.address, TEAM, "nurse-laptop-1", name)
    join_anew(session, code)
    env.sync()
    copies.put_back("before")
    with pytest.raises(SyncProblem):
        env.sync()
    assert len(env.storage.read({TEAM}, lambda repository: repository.devices(TEAM))) == 2


def join_anew(session: Session, code: str) -> None:
    found = enrolment.read_code(code)
    key_values.put(session.store.db, {"code": found.code, "device_key": signing.new_key()[0]})


def test_a_central_restored_to_before_the_new_device_id_gives_it_again(env: Environment, copies: Copies) -> None:
    """When central's backup does not have the new device id, the laptop asks by the one it had before."""
    write(env, "Old")
    env.sync()
    before = backup(env)
    copies.take()
    write(env, "After")
    env.sync()
    copies.put_back()
    write(env, "New")
    env.sync()
    restore(env, before)
    env.sync()
    assert "New" in at_central(env)
    assert "Old" in at_central(env)
    session = env.session
    assert session
    assert sync_service.status(session).waiting == 0


def backup(env: Environment) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    assert isinstance(env.storage.engine, SqliteEngine)
    env.storage.engine.connection.backup(copy)
    return copy


def restore(env: Environment, copy: sqlite3.Connection) -> None:
    assert isinstance(env.storage.engine, SqliteEngine)
    copy.backup(env.storage.engine.connection)


def test_a_device_id_of_another_laptop_is_not_given(env: Environment) -> None:
    """No laptop continues under another one's device id, or under its own present one."""
    factories.admit(env.storage, TEAM, "other", factories.nurse("other"))
    session = env.session
    assert session
    for name in ("other", "laptop-1", "no name", ""):
        with pytest.raises(CentralRefused), line(env, session) as central:
            central.succeed(Succession(TEAM, "laptop-1", name, ()))
    assert {one.state for one in env.storage.read({TEAM}, lambda repository: repository.devices(TEAM))} == {"active"}


def line(env: Environment, session: Session) -> HttpCentral:
    return HttpCentral(env.address, Signer(TEAM, "laptop-1", enrolment.device_key(session)), time.time)
