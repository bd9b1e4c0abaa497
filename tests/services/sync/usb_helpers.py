"""What tests of the stick need: carrying it to central, and counting what is where."""

from pathlib import Path

from phb_tui.central.exchange.bundle_service import BundleService
from phb_tui.central.server.factory import build_central
from phb_tui.services.session import Session
from phb_tui.services.sync import sync_service
from phb_tui.sync import bundle
from tests import factories
from tests.central.client_requests import PUBLIC, asking, changes, request
from tests.services.environment import TEAM, Environment


def laptop(env: Environment) -> Session:
    assert env.session
    return env.session


def central(env: Environment) -> BundleService:
    return build_central(env.storage, factories.KEY).bundles


def carry(env: Environment, folder: Path) -> list[Path]:
    """Take every bundle to central and bring the answers back."""
    made = []
    for file in sorted(folder.glob("*.phb")):
        answer = file.with_suffix(bundle.ANSWER)
        answer.write_bytes(central(env).answer(file.read_bytes()))
        made.append(answer)
    return made


def waiting(env: Environment) -> int:
    return sync_service.status(laptop(env)).waiting


def people_at_central(env: Environment) -> int:
    return len(env.storage.read({TEAM}, lambda tables: tables.rows_of_kind(TEAM, "person")))


def colleague_writes(env: Environment, count: int) -> None:
    factories.admit(env.storage, TEAM, "d0", factories.nurse("d0"), PUBLIC)
    with asking(env.address, "d0") as line:
        line.sync(request("d0", changes("d0", 1, count)))


def rows(session: Session) -> int:
    return int(session.store.db.execute("SELECT count(*) FROM record").fetchone()[0])
