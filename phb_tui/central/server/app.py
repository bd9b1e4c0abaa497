"""Central's ASGI application: every route, behind the middleware."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp

from phb_tui.central.api.context import Central
from phb_tui.central.api.enrolment import EnrolmentEndpoint
from phb_tui.central.api.health import HealthEndpoints
from phb_tui.central.api.restored_device import RestoredDeviceEndpoint
from phb_tui.central.api.signatures import SignatureVerifier
from phb_tui.central.api.sync import SyncEndpoint
from phb_tui.central.exchange.bundle_service import LONGEST
from phb_tui.central.http.limits import ConcurrencyLimiter, RateLimiter
from phb_tui.central.http.metrics import Metrics
from phb_tui.central.http.middleware import ObservabilityMiddleware
from phb_tui.central.http.problems import SECURITY_HEADERS
from phb_tui.central.server import openapi
from phb_tui.central.web.access_control import PageGuard
from phb_tui.central.web.bundle_upload import BundleUpload
from phb_tui.central.web.decisions import DecisionPages
from phb_tui.central.web.login import LoginPages
from phb_tui.central.web.team import TeamPages


def make_app(central: Central) -> ASGIApp:
    """Central's ASGI application: the API for laptops, the web pages, health and metrics."""
    metrics, limits = Metrics(), central.limits
    limiter = ConcurrencyLimiter(
        limits.max_concurrent, limits.max_queued, limits.max_queued_bytes, limits.queue_seconds, metrics.waiting.set
    )
    unknown_clients = RateLimiter(limits.unknown_burst, limits.unknown_per_second)
    signatures = SignatureVerifier(unknown_clients.check_address)
    guard = PageGuard(central.storage, central.login, limiter)
    routes = [
        *SyncEndpoint(central, limiter, signatures, metrics).routes(),
        *EnrolmentEndpoint(central.devices, limiter, signatures).routes(),
        *RestoredDeviceEndpoint(central.successions, central.devices, limiter, signatures).routes(),
        *BundleUpload(central.bundles.answer, LONGEST, limiter, unknown_clients.check_address).routes(),
        *LoginPages(guard, unknown_clients.check_address).routes(),
        *TeamPages(guard, central.devices).routes(),
        *DecisionPages(guard, central.panel.decide).routes(),
        *HealthEndpoints(central.storage, metrics).routes(),
        Route("/openapi.json", _openapi, methods=["GET"]),
    ]
    return ObservabilityMiddleware(Router(routes), central.log, metrics)


async def _openapi(_request: Request) -> Response:
    return Response(openapi.document(), media_type="application/json", headers=SECURITY_HEADERS)
