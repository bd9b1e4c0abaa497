"""Central's ASGI application: every route, behind the middleware."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp

from phb_tui.central.api.context import Central
from phb_tui.central.api.enrolment import EnrolmentEndpoint
from phb_tui.central.api.health import HealthEndpoints
from phb_tui.central.api.restored_device import RestoredDeviceEndpoint
from phb_tui.central.api.signatures import Signatures
from phb_tui.central.api.sync import SyncEndpoint
from phb_tui.central.exchange.bundle_service import LONGEST
from phb_tui.central.http.limits import Allowance, Gate
from phb_tui.central.http.metrics import Metrics
from phb_tui.central.http.middleware import Watching
from phb_tui.central.http.problems import SAFE
from phb_tui.central.server import openapi
from phb_tui.central.web.access_control import Desk
from phb_tui.central.web.bundle_upload import BundleUpload
from phb_tui.central.web.login import Front
from phb_tui.central.web.team import TeamPages


def make_app(central: Central) -> ASGIApp:
    """Central's web application."""
    metrics, limits = Metrics(), central.limits
    gate = Gate(limits.at_once, limits.most_waiting, limits.most_held, limits.seconds, metrics.waiting.set)
    strangers = Allowance(limits.strangers_burst, limits.strangers_a_second)
    signatures = Signatures(strangers.check_address)
    desk = Desk(central.storage, central.door, gate)
    routes = [
        *SyncEndpoint(central, gate, signatures, metrics).routes(),
        *EnrolmentEndpoint(central.access, gate, signatures).routes(),
        *RestoredDeviceEndpoint(central.successions, central.access, gate, signatures).routes(),
        *BundleUpload(central.bundles.answer, LONGEST, gate, strangers.check_address).routes(),
        *Front(desk, strangers.check_address).routes(),
        *TeamPages(desk, central.access).routes(),
        *HealthEndpoints(central.storage, metrics).routes(),
        Route("/openapi.json", _openapi, methods=["GET"]),
    ]
    return Watching(Router(routes), central.log, metrics)


async def _openapi(_request: Request) -> Response:
    return Response(openapi.document(), media_type="application/json", headers=SAFE)
