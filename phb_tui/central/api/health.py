"""HTTP endpoints for monitoring: liveness, readiness and Prometheus metrics."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from phb_tui.central.http.metrics import TYPE, Metrics
from phb_tui.central.http.problems import SECURITY_HEADERS, HttpProblem
from phb_tui.central.storage.repository import Storage
from phb_tui.errors import CentralBusy


class HealthEndpoints:
    """Liveness, readiness and metrics.

    Args:
        storage: The database whose availability is readiness.
        metrics: The counters to publish.
    """

    def __init__(self, storage: Storage, metrics: Metrics) -> None:
        self._storage, self._metrics = storage, metrics

    def routes(self) -> list[Route]:
        """The endpoints' routes."""
        return [
            Route("/healthz", self.health, methods=["GET"]),
            Route("/readyz", self.ready, methods=["GET"]),
            Route("/metrics", self.metrics, methods=["GET"]),
        ]

    async def health(self, _request: Request) -> Response:
        """Liveness: 200 as long as the process answers."""
        return PlainTextResponse("ok", headers=SECURITY_HEADERS)

    async def ready(self, _request: Request) -> Response:
        """Readiness: 200 when the database can be read, else 503."""
        try:
            await run_in_threadpool(self._storage.teams)
        except CentralBusy as error:
            raise HttpProblem(503, "The team server's database cannot be used just now.") from error
        return PlainTextResponse("ready", headers=SECURITY_HEADERS)

    async def metrics(self, _request: Request) -> Response:
        """The metrics in the Prometheus text format."""
        return Response(self._metrics.page(), headers={**SECURITY_HEADERS, "Content-Type": TYPE})
