"""ASGI middleware: access log, metrics, and a 500 response without a traceback."""

import secrets
import time
from typing import Any

from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import Message, Receive, Scope, Send

from phb_tui.central.http.json_log import JsonLog
from phb_tui.central.http.metrics import Metrics
from phb_tui.central.http.problems import EXCEPTION_HANDLERS, SERVER_ERROR_SENTENCE, problem

SERVER_ERROR = 500


class ObservabilityMiddleware:
    """An ASGI application that logs, counts and times every response of a router.

    Args:
        router: The router.
        log: The JSON log.
        metrics: The metrics.
    """

    def __init__(self, router: Router, log: JsonLog, metrics: Metrics) -> None:
        handlers = {**EXCEPTION_HANDLERS, Exception: self.server_error}
        self._app = ExceptionMiddleware(router, handlers=handlers)
        self._log, self._metrics = log, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request (ASGI), then write its access log line and metrics."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        measured: dict[str, Any] = {"status": SERVER_ERROR, "up": 0, "down": 0}
        log_fields: dict[str, str | int] = {}
        scope.setdefault("state", {})["log_fields"] = log_fields
        scope["app"] = self  # Starlette's router then raises its 404 and 405 instead of answering in plain text
        start = time.perf_counter()

        async def counting_receive() -> Message:
            message = await receive()
            measured["up"] += len(message.get("body", b""))
            return message

        async def counting_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                measured["status"] = message["status"]
            measured["down"] += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, counting_receive, counting_send)
        finally:
            self._note(scope, measured, log_fields, time.perf_counter() - start)

    async def server_error(self, _request: Request, error: Exception) -> Response:
        """The 500 response to an unexpected exception, which is logged under a random reference."""
        reference = secrets.token_hex(4)
        self._log.exception(error, reference)
        self._metrics.mistakes.inc()
        return problem(SERVER_ERROR, SERVER_ERROR_SENTENCE, reference=reference)

    def _note(self, scope: Scope, measured: dict[str, Any], log_fields: dict[str, str | int], seconds: float) -> None:
        # The route's pattern, not the path: a path can hold ids, and an unknown path anything.
        found = scope.get("route")
        route = found.path if isinstance(found, Route) else "other"
        counted = self._metrics
        counted.answers.labels(route, measured["status"]).inc()
        counted.seconds.labels(route).observe(seconds)
        counted.bytes.labels("up").inc(measured["up"])
        counted.bytes.labels("down").inc(measured["down"])
        self._log.write(
            "answered", route=route, status=measured["status"], ms=round(seconds * 1000, 1), up=measured["up"],
            down=measured["down"], **log_fields,
        )  # fmt: skip


def annotate(scope: Scope, **members: str | int) -> None:
    """Add fields to the access log line of the current request: ids and numbers only."""
    scope["state"]["log_fields"].update(members)
