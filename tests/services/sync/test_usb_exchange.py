"""A bundle on a stick: everything arrives, and doing it twice or in the wrong order does no harm."""

from pathlib import Path

import pytest

from phb_tui.errors import CentralRefused
from phb_tui.services.person import caseload
from phb_tui.services.records import editing
from phb_tui.services.sync import sync_service, usb_exchange
from phb_tui.store import key_values
from tests import factories, stores
from tests.services.environment import PASSPHRASE, TEAM, Environment
from tests.services.sync.usb_helpers import carry, central, colleague_writes, laptop, people_at_central, rows, waiting


def test_what_waits_goes_and_what_is_new_comes(env: Environment, folder: Path) -> None:
    """After one round by stick nothing waits, central has it, and a colleague's words are here."""
    env.write()
    colleague_writes(env, 300)
    before = rows(laptop(env))
    usb_exchange.write(laptop(env), str(folder))
    carry(env, folder)
    done = usb_exchange.read(laptop(env), str(folder))
    assert (done.sent, done.to_send, done.received) == (1, 0, 301)
    assert (waiting(env), people_at_central(env), rows(laptop(env)) - before) == (0, 1, 300)
    assert sync_service.status(laptop(env)).last_at
    assert not list(folder.iterdir()), "nothing is left on the stick"


def test_what_is_written_meanwhile_goes_with_the_next(env: Environment, folder: Path) -> None:
    """Changes made after the file was written still wait after its answer was read."""
    env.write()
    usb_exchange.write(laptop(env), str(folder))
    env.write()
    carry(env, folder)
    usb_exchange.read(laptop(env), str(folder))
    assert (waiting(env), people_at_central(env)) == (1, 1)
    env.sync()
    assert (waiting(env), people_at_central(env)) == (0, 2)


def test_everything_twice_does_no_harm(env: Environment, folder: Path) -> None:
    """The same bundle is answered twice and the same answer read twice; there is one person."""
    env.write()
    file = usb_exchange.write(laptop(env), str(folder))
    again = file.read_bytes()
    (answer,) = carry(env, folder)
    words = answer.read_bytes()
    usb_exchange.read(laptop(env), str(folder))
    central(env).answer(again)
    answer.write_bytes(words)
    assert usb_exchange.read(laptop(env), str(folder)).received == 0
    assert (people_at_central(env), len(caseload.lines(laptop(env), 0, 9))) == (1, 1)


@pytest.mark.parametrize("first", [0, 1])
def test_the_wrong_order_does_no_harm(first: int, env: Environment, folder: Path) -> None:
    """Two bundles reach central in either order, and their answers come back in either; nothing is lost or twice."""
    env.write()
    files = [usb_exchange.write(laptop(env), str(folder)).rename(folder / "first")]
    env.write()
    files.append(usb_exchange.write(laptop(env), str(folder)))
    order = files if first == 0 else files[::-1]
    answers = [central(env).answer(file.read_bytes()) for file in order]
    for number, answer in enumerate(answers[::-1]):
        (folder / f"{number}.phb-answer").write_bytes(answer)
    usb_exchange.read(laptop(env), str(folder))
    env.sync()
    assert (waiting(env), people_at_central(env), len(caseload.lines(laptop(env), 0, 9))) == (
        0,
        2,
        2,
    )


def test_an_exchange_that_overtook_the_stick_is_kept(env: Environment, folder: Path) -> None:
    """An answer that is older than the last exchange takes nothing back."""
    env.write()
    usb_exchange.write(laptop(env), str(folder))
    carry(env, folder)
    colleague_writes(env, 3)
    env.sync()
    before = rows(laptop(env))
    usb_exchange.read(laptop(env), str(folder))
    env.sync()
    assert (rows(laptop(env)), waiting(env)) == (before, 0)


def test_more_than_one_request_holds_goes_in_one_file(
    env: Environment, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits goes as several requests when it is long, and all of it is acknowledged."""
    monkeypatch.setattr("phb_tui.sync.engine.MOST_CHANGES", 3)
    for _ in range(10):
        env.write()
    usb_exchange.write(laptop(env), str(folder))
    carry(env, folder)
    assert usb_exchange.read(laptop(env), str(folder)).sent == 10
    assert (waiting(env), people_at_central(env)) == (0, 10)


def test_a_laptop_joins_by_stick(env: Environment, tmp_path: Path, folder: Path) -> None:
    """A laptop that never saw a network joins with its code in the file."""
    env.lock()
    factories.invite(env.storage, TEAM, ("laptop-2", factories.nurse("laptop-2")))
    nowhere = "http://127.0.0.1:1"
    stores.set_up(tmp_path / "two", PASSPHRASE, factories.joining(nowhere, TEAM, "laptop-2"))
    env.session = session = stores.unlock(tmp_path / "two", PASSPHRASE, env.now)
    editing.save(session, caseload.add(session), {"given_name": "Mair"})
    usb_exchange.write(session, str(folder))
    carry(env, folder)
    usb_exchange.read(session, str(folder))
    assert (waiting(env), people_at_central(env)) == (0, 1)
    assert key_values.get(session.store.db, "code") == ""


def test_a_code_that_is_not_good_is_told(env: Environment, tmp_path: Path, folder: Path) -> None:
    """Central makes no answer for a laptop it does not know."""
    env.lock()
    stores.set_up(tmp_path / "two", PASSPHRASE, factories.joining("http://127.0.0.1:1", TEAM, "laptop-9"))
    env.session = stores.unlock(tmp_path / "two", PASSPHRASE, env.now)
    file = usb_exchange.write(laptop(env), str(folder))
    with pytest.raises(CentralRefused, match="joining code is not good"):
        central(env).answer(file.read_bytes())
