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


def laptop(environment: Environment) -> Session:
    assert environment.session
    return environment.session


def central(environment: Environment) -> BundleService:
    return build_central(environment.storage, factories.KEY).bundles


def carry(environment: Environment, folder: Path) -> list[Path]:
    """Take every bundle to central and bring the answers back."""
    made = []
    for file in sorted(folder.glob("*.phb")):
        answer = file.with_suffix(bundle.ANSWER)
        answer.write_bytes(central(environment).answer(file.read_bytes()))
        made.append(answer)
    return made


def waiting(environment: Environment) -> int:
    return sync_service.status(laptop(environment)).waiting


def people_at_central(environment: Environment) -> int:
    return len(environment.storage.read({TEAM}, lambda tables: tables.rows_of_kind(TEAM, "person")))


def colleague_writes(environment: Environment, count: int) -> None:
    factories.admit(environment.storage, TEAM, "d0", factories.nurse("d0"), PUBLIC)
    with asking(environment.address, "d0") as line:
        line.sync(request("d0", changes("d0", 1, count)))


def rows(session: Session) -> int:
    return int(session.store.db.execute("SELECT count(*) FROM record").fetchone()[0])
