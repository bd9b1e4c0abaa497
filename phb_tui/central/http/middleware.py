"""Around every answer: counting, logging, timing; a mistake of ours becomes a sentence and not a traceback."""

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
    """An ASGI application around a router.

    Args:
        router: The router.
        log: Where lines go.
        metrics: What is counted.
    """

    def __init__(self, router: Router, log: JsonLog, metrics: Metrics) -> None:
        handlers = {**EXCEPTION_HANDLERS, Exception: self.mistake}
        self._app = ExceptionMiddleware(router, handlers=handlers)
        self._log, self._metrics = log, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, and see how it goes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        seen: dict[str, Any] = {"status": SERVER_ERROR, "up": 0, "down": 0}
        told: dict[str, str | int] = {}
        scope.setdefault("state", {})["told"] = told
        scope["app"] = self  # Starlette's router then raises what it cannot answer, instead of answering in plain text
        start = time.perf_counter()

        async def heard() -> Message:
            message = await receive()
            seen["up"] += len(message.get("body", b""))
            return message

        async def said(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
            seen["down"] += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, heard, said)
        finally:
            self._note(scope, seen, told, time.perf_counter() - start)

    async def mistake(self, _request: Request, error: Exception) -> Response:
        """The answer to what nobody expected: a sentence, and in the log what it was and where."""
        reference = secrets.token_hex(4)
        self._log.exception(error, reference)
        self._metrics.mistakes.inc()
        return problem(SERVER_ERROR, SERVER_ERROR_SENTENCE, reference=reference)

    def _note(self, scope: Scope, seen: dict[str, Any], told: dict[str, str | int], seconds: float) -> None:
        # An address that is not ours could hold anything, and one of ours the ids that stand in it.
        found = scope.get("route")
        route = found.path if isinstance(found, Route) else "other"
        counted = self._metrics
        counted.answers.labels(route, seen["status"]).inc()
        counted.seconds.labels(route).observe(seconds)
        counted.bytes.labels("up").inc(seen["up"])
        counted.bytes.labels("down").inc(seen["down"])
        self._log.write(
            "answered", route=route, status=seen["status"], ms=round(seconds * 1000, 1), up=seen["up"],
            down=seen["down"], **told,
        )  # fmt: skip


def annotate(scope: Scope, **members: str | int) -> None:
    """Say more about the request under way, for its line in the log: ids of ours and numbers only."""
    scope["state"]["told"].update(members)
