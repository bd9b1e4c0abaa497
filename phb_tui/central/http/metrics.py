"""Prometheus metrics about the service, without personal data."""

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

TYPE = "text/plain; version=0.0.4; charset=utf-8"
MULTIPROC_DIR = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable of the folder in which several workers' metrics are added up (prometheus_client)."""


class Metrics:
    """Central's counters, histogram and gauge."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self.answers = Counter("phb_answers", "Answers, by address and status", ["route", "status"], registry=registry)
        self.seconds = Histogram(
            "phb_answer_seconds", "How long answers took", ["route"], registry=registry,
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
        )  # fmt: skip
        self.bytes = Counter("phb_bytes", "Bytes of bodies, by direction", ["way"], registry=registry)
        self.changes = Counter("phb_changes", "Changes taken, by what became of them", ["outcome"], registry=registry)
        self.rows = Counter("phb_rows", "Records sent to laptops", registry=registry)
        self.waiting = Gauge(
            "phb_waiting", "Requests that wait for their turn", registry=registry, multiprocess_mode="livesum"
        )
        self.mistakes = Counter("phb_mistakes", "Answers that failed by a mistake of central's own", registry=registry)

    def page(self) -> bytes:
        """All metrics in the Prometheus text format; summed over all workers when there are several."""
        if MULTIPROC_DIR not in os.environ:
            return bytes(generate_latest(self._registry))
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return bytes(generate_latest(together))
