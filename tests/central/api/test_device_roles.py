"""Records go to the laptops of those who write in them, at every request, whatever somebody was before."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from phb_tui.central import cli
from phb_tui.central.admin.devices import DeviceRegistry
from phb_tui.central.auth import roles
from phb_tui.central.server.factory import build_central
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.storage.models import Staff
from phb_tui.central.storage.repository import Storage
from phb_tui.domain.records.changes import SyncPosition
from phb_tui.errors import CentralRefused, SettingsProblem
from phb_tui.services.sync import sync_service
from phb_tui.services.sync.enrolment import read_code
from phb_tui.sync import bundle, wire
from phb_tui.sync.protocol import DeviceBlocked, Enrolment, SyncReply, SyncRequest
from phb_tui.sync.signing import sealing_key
from tests import factories, postgres
from tests.central.client_requests import KEY, PUBLIC, TEAM, asking, changes
from tests.services.environment import Environment, environment_in

SECRET = "SECRETWORDS"
OTHERS = (*sorted(set(roles.ROLES) - roles.WRITERS), "caretaker", "")
"""Every role that reads no records, one that this version does not know, and whoever is not on the list."""


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def storage(request: pytest.FixtureRequest) -> Iterator[Storage]:
    """North has 20 records of d0's; d1 has joined too."""
    with postgres.storage_on(getattr(request, "param", "sqlite")) as made:
        for device in ("d0", "d1"):
            factories.admit(made, TEAM, device, factories.nurse(device), PUBLIC)
        build_central(made, factories.KEY).sync.sync(asked("d0", count=20))
        yield made


def asked(
    device: str, reply: SyncReply | None = None, first: int = 1, count: int = 0, page: int = 10**6
) -> SyncRequest:
    """What a laptop asks next, and sends with it."""
    made = changes(device, first, count, value=SECRET)
    texts = tuple(change.text.encode() for change in made)
    cursor, chain = (reply.cursor, reply.chain) if reply else (SyncPosition(), "")
    return SyncRequest(TEAM, device, cursor, chain, first, texts, page)


def become(storage: Storage, device: str, role: str) -> None:
    """Give a laptop's nurse a role, or take them off the list."""
    who = factories.nurse(device)
    if role in roles.ROLES:
        DeviceRegistry(storage, now, factories.PUBLIC_KEY).add_staff(TEAM, Staff(who.id, who.name, role))
    elif role:
        storage.write({TEAM}, lambda repository: repository.save_staff(TEAM, Staff(who.id, who.name, role)))
    else:
        storage.write({TEAM}, lambda repository: repository.remove_staff(TEAM, who.id))


def aside(storage: Storage) -> list[tuple[str, int, str]]:
    found = storage.read({TEAM}, lambda repository: repository.quarantined(TEAM, 100))
    return sorted((one.device_id, one.op_no, one.why) for one in found)


@pytest.mark.parametrize("role", OTHERS)
def test_a_laptop_of_another_role_gets_no_record(role: str, storage: Storage) -> None:
    """By network and by stick it is told in a sentence what to do, and gets neither a record nor who works there."""
    become(storage, "d1", role)
    with serve_in_thread(build_central(storage, factories.KEY)) as address, asking(address, "d1") as line:
        for said in (asked("d1"), asked("d1", count=1)):
            with pytest.raises(CentralRefused, match="Ask them what to do") as told:
                line.sync(said)
            assert SECRET not in repr(told.value)
            assert role in told.value.sentence
    to = sealing_key(KEY).public_key().public_bytes_raw().hex()
    carried = bundle.Bundle(TEAM, "d1", factories.PUBLIC_KEY, to, None, (wire.encode_request(asked("d1")),))
    answer = build_central(storage, factories.KEY).bundles.answer(bundle.seal_bundle(carried, KEY))
    found = bundle.open_answer(answer, sealing_key(KEY), factories.PUBLIC_KEY)
    assert (found.replies, "Ask them what to do" in found.problem) == ((), True)


@pytest.mark.parametrize("role", [roles.AUDITOR, roles.COMMISSIONER])
def test_who_gets_another_role_between_two_pages_gets_no_second_one(role: str, storage: Storage) -> None:
    """Half came, then the role changed: no page more comes until they are a nurse again, then the rest comes."""
    service = build_central(storage, factories.KEY).sync
    first = service.sync(asked("d1", page=3_000))
    assert first.more
    become(storage, "d1", role)
    for said in (asked("d1", first), asked("d1", first, count=2), asked("d1"), asked("d1", first, count=2)):
        with pytest.raises(DeviceBlocked):
            service.sync(said)
    become(storage, "d1", roles.NURSE_ADVISOR)
    rest = service.sync(asked("d1", first, count=2))
    assert not rest.more
    assert {row.record_id for row in (*first.rows, *rest.rows)} == {f"d0-r{n}" for n in range(1, 21)}
    assert (rest.ack, [one.op_no for one in rest.refused]) == (2, [1, 2])


@pytest.mark.parametrize("role", OTHERS)
def test_nothing_that_such_a_laptop_wrote_is_lost(role: str, storage: Storage) -> None:
    """What it sends is kept aside for the lead once, with the reason, and is in no record; what came before stays."""
    service = build_central(storage, factories.KEY).sync
    service.sync(asked("d1", count=1))
    become(storage, "d1", role)
    for _time in range(2):  # the answer may not have arrived
        with pytest.raises(DeviceBlocked):
            service.sync(asked("d1", count=3))
    assert [(device, number) for device, number, _why in aside(storage)] == [("d1", 2), ("d1", 3)]
    assert all("does not write in records" in why for _device, _number, why in aside(storage))
    rows = service.sync(asked("d0")).rows
    assert [row.record_id for row in rows if row.record_id.startswith("d1")] == ["d1-r1"]


@pytest.mark.parametrize("storage", postgres.ENGINES, indirect=True)
def test_a_role_that_changes_while_an_exchange_waits_counts(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The role is read once the team's turn has come, and not when the request arrived."""
    service = build_central(storage, factories.KEY).sync
    real = type(storage).write
    turns = iter([lambda: become(storage, "d1", roles.AUDITOR)])

    def write(self: Storage, *arguments: object) -> object:
        next(turns, lambda: None)()
        return real(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Storage, "write", write)
    with pytest.raises(DeviceBlocked):
        service.sync(asked("d1", count=1))


def test_nobody_else_gets_a_joining_code(storage: Storage) -> None:
    """No code is made for who reads no records; one made before their role changed is good once the role is right."""
    access, who = DeviceRegistry(storage, now, factories.PUBLIC_KEY), factories.nurse("d1")
    code = read_code(access.create_enrolment_code("http://127.0.0.1:1", TEAM, who.id)).code
    become(storage, "d1", roles.AUDITOR)
    with pytest.raises(SettingsProblem, match="auditor"):
        access.create_enrolment_code("http://127.0.0.1:1", TEAM, who.id)
    with pytest.raises(CentralRefused, match="an auditor"):
        access.enrol(Enrolment(TEAM, "d9", PUBLIC, code, "a laptop"))
    become(storage, "d1", roles.PHB_OFFICER)
    assert access.enrol(Enrolment(TEAM, "d9", PUBLIC, code, "a laptop")).role == roles.PHB_OFFICER


@pytest.mark.parametrize("role", roles.ROLES)
def test_another_name_never_gives_another_role(role: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`phb-central staff` with a new name keeps the role and says it; only `--role` changes it, and both are said."""

    def run(*arguments: str) -> str:
        cli.main([*arguments, "--database", str(tmp_path / "c.db"), "--key-file", str(tmp_path / "c.key")])
        return capsys.readouterr().out

    run("add-team", TEAM, "North")
    assert "is a nurse advisor" in run("staff", TEAM, "new", "Somebody New")
    assert f"is {roles.a(role)} in" in run("staff", TEAM, "cat", "Cat Brown", "--role", role)
    assert f"Cat Brown-Smith is {roles.a(role)} in" in run("staff", TEAM, "cat", "Cat Brown-Smith")
    other = roles.ROLES[roles.ROLES.index(role) - 1]
    said = run("staff", TEAM, "cat", "Cat Brown-Smith", "--role", other)
    assert f"was {roles.a(role)} in this team, and is {roles.a(other)} now" in said
    assert ("no records from now on" in said) == (role in roles.WRITERS and other not in roles.WRITERS)
    storage = Storage.on_sqlite(tmp_path / "c.db")
    found = storage.read({TEAM}, lambda repository: repository.staff_member(TEAM, "cat"))
    storage.close()
    assert found == Staff("cat", "Cat Brown-Smith", other)


@pytest.fixture
def env(tmp_path: Path) -> Iterator[Environment]:
    with environment_in(tmp_path) as made:
        yield made


def test_a_real_laptop_says_why_and_goes_on_once_the_role_is_right(env: Environment) -> None:
    """The nurse reads a sentence, nothing on the laptop goes, and what was kept aside is offered to them afterwards."""
    who = factories.nurse("laptop-1")
    env.write()
    env.access.add_staff(TEAM, Staff(who.id, who.name, roles.COMMISSIONER))
    with pytest.raises(CentralRefused, match="has you as a commissioner"):
        env.sync()
    session = env.session
    assert session
    assert sync_service.status(session).waiting == 1
    assert env.outcomes() == ["refused"]
    env.access.add_staff(TEAM, Staff(who.id, who.name, roles.NURSE_ADVISOR))
    env.write()
    env.sync()
    assert (sync_service.status(session).waiting, sync_service.status(session).quarantined) == (0, 1)
    assert env.outcomes() == ["applied", "refused"]
