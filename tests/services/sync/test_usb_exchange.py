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


def test_what_waits_goes_and_what_is_new_comes(environment: Environment, folder: Path) -> None:
    """After one round by stick nothing waits, central has it, and a colleague's words are here."""
    environment.write()
    colleague_writes(environment, 300)
    before = rows(laptop(environment))
    usb_exchange.write(laptop(environment), str(folder))
    carry(environment, folder)
    done = usb_exchange.read(laptop(environment), str(folder))
    assert (done.sent, done.to_send, done.received) == (1, 0, 301)
    assert (waiting(environment), people_at_central(environment), rows(laptop(environment)) - before) == (0, 1, 300)
    assert sync_service.status(laptop(environment)).last_at
    assert not list(folder.iterdir()), "nothing is left on the stick"


def test_what_is_written_meanwhile_goes_with_the_next(environment: Environment, folder: Path) -> None:
    """Changes made after the file was written still wait after its answer was read."""
    environment.write()
    usb_exchange.write(laptop(environment), str(folder))
    environment.write()
    carry(environment, folder)
    usb_exchange.read(laptop(environment), str(folder))
    assert (waiting(environment), people_at_central(environment)) == (1, 1)
    environment.sync()
    assert (waiting(environment), people_at_central(environment)) == (0, 2)


def test_everything_twice_does_no_harm(environment: Environment, folder: Path) -> None:
    """The same bundle is answered twice and the same answer read twice; there is one person."""
    environment.write()
    file = usb_exchange.write(laptop(environment), str(folder))
    again = file.read_bytes()
    (answer,) = carry(environment, folder)
    words = answer.read_bytes()
    usb_exchange.read(laptop(environment), str(folder))
    central(environment).answer(again)
    answer.write_bytes(words)
    assert usb_exchange.read(laptop(environment), str(folder)).received == 0
    assert (people_at_central(environment), len(caseload.lines(laptop(environment), 0, 9))) == (1, 1)


@pytest.mark.parametrize("first", [0, 1])
def test_the_wrong_order_does_no_harm(first: int, environment: Environment, folder: Path) -> None:
    """Two bundles reach central in either order, and their answers come back in either; nothing is lost or twice."""
    environment.write()
    files = [usb_exchange.write(laptop(environment), str(folder)).rename(folder / "first")]
    environment.write()
    files.append(usb_exchange.write(laptop(environment), str(folder)))
    order = files if first == 0 else files[::-1]
    answers = [central(environment).answer(file.read_bytes()) for file in order]
    for number, answer in enumerate(answers[::-1]):
        (folder / f"{number}.phb-answer").write_bytes(answer)
    usb_exchange.read(laptop(environment), str(folder))
    environment.sync()
    assert (waiting(environment), people_at_central(environment), len(caseload.lines(laptop(environment), 0, 9))) == (
        0,
        2,
        2,
    )


def test_an_exchange_that_overtook_the_stick_is_kept(environment: Environment, folder: Path) -> None:
    """An answer that is older than the last exchange takes nothing back."""
    environment.write()
    usb_exchange.write(laptop(environment), str(folder))
    carry(environment, folder)
    colleague_writes(environment, 3)
    environment.sync()
    before = rows(laptop(environment))
    usb_exchange.read(laptop(environment), str(folder))
    environment.sync()
    assert (rows(laptop(environment)), waiting(environment)) == (before, 0)


def test_more_than_one_request_holds_goes_in_one_file(
    environment: Environment, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits goes as several requests when it is long, and all of it is acknowledged."""
    monkeypatch.setattr("phb_tui.sync.engine.MOST_CHANGES", 3)
    for _ in range(10):
        environment.write()
    usb_exchange.write(laptop(environment), str(folder))
    carry(environment, folder)
    assert usb_exchange.read(laptop(environment), str(folder)).sent == 10
    assert (waiting(environment), people_at_central(environment)) == (0, 10)


def test_a_laptop_joins_by_stick(environment: Environment, tmp_path: Path, folder: Path) -> None:
    """A laptop that never saw a network joins with its code in the file."""
    environment.lock()
    factories.invite(environment.storage, TEAM, ("laptop-2", factories.nurse("laptop-2")))
    nowhere = "http://127.0.0.1:1"
    stores.set_up(tmp_path / "two", PASSPHRASE, factories.joining(nowhere, TEAM, "laptop-2"))
    environment.session = session = stores.unlock(tmp_path / "two", PASSPHRASE, environment.now)
    editing.save(session, caseload.add(session), {"given_name": "Mair"})
    usb_exchange.write(session, str(folder))
    carry(environment, folder)
    usb_exchange.read(session, str(folder))
    assert (waiting(environment), people_at_central(environment)) == (0, 1)
    assert key_values.get(session.store.db, "code") == ""


def test_a_code_that_is_not_good_is_told(environment: Environment, tmp_path: Path, folder: Path) -> None:
    """Central makes no answer for a laptop it does not know."""
    environment.lock()
    stores.set_up(tmp_path / "two", PASSPHRASE, factories.joining("http://127.0.0.1:1", TEAM, "laptop-9"))
    environment.session = stores.unlock(tmp_path / "two", PASSPHRASE, environment.now)
    file = usb_exchange.write(laptop(environment), str(folder))
    with pytest.raises(CentralRefused, match="joining code is not good"):
        central(environment).answer(file.read_bytes())
