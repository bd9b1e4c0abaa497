"""Endpoints for whoever looks after central: is it alive, can it work, what has it counted."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from phb_tui.central.http.metrics import TYPE, Metrics
from phb_tui.central.http.problems import SECURITY_HEADERS, HttpProblem
from phb_tui.central.storage.repository import Storage
from phb_tui.errors import CentralBusy


class HealthEndpoints:
    """Health, readiness and metrics.

    Args:
        storage: The database that central needs to be ready.
        metrics: What it has counted.
    """

    def __init__(self, storage: Storage, metrics: Metrics) -> None:
        self._storage, self._metrics = storage, metrics

    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/healthz", self.health, methods=["GET"]),
            Route("/readyz", self.ready, methods=["GET"]),
            Route("/metrics", self.metrics, methods=["GET"]),
        ]

    async def health(self, _request: Request) -> Response:
        """Whether the process is alive."""
        return PlainTextResponse("ok", headers=SECURITY_HEADERS)

    async def ready(self, _request: Request) -> Response:
        """Whether the database can be used."""
        try:
            await run_in_threadpool(self._storage.teams)
        except CentralBusy as error:
            raise HttpProblem(503, "Central's database cannot be used just now.") from error
        return PlainTextResponse("ready", headers=SECURITY_HEADERS)

    async def metrics(self, _request: Request) -> Response:
        """What was counted, as Prometheus reads it."""
        return Response(self._metrics.page(), headers={**SECURITY_HEADERS, "Content-Type": TYPE})
