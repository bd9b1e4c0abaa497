"""Benchmark of the slowest keys after many screens: a full garbage collection would hold one up."""

import os
import select
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.report import most, p95
from tests.journeys import laptops
from tests.journeys.terminal import KEYS, Terminal

SCREENS, PRESSED = 100, 1_000
SLOW = 100.0
"""Milliseconds from which a key is noticed."""
QUIET = 0.02
"""Seconds without output after which a key's repaint is taken to be whole."""
LINES = 6
"""Lines of the person's screen that are opened in turn, after the first."""
REST = 1.5
"""Seconds in which somebody reads what the last screen says before the keys begin."""


@dataclass
class Timed:
    """How long keys took.

    Attributes:
        wall: Milliseconds from each key to the first bytes that repaint it.
        own: Milliseconds of processor time that the program used for each.
    """

    wall: list[float]
    own: list[float]

    @property
    def slow(self) -> int:
        """Keys that were slow by the program's own doing: the rest of the time the machine did something else."""
        return sum(1 for wall, own in zip(self.wall, self.own, strict=True) if wall > SLOW and own > SLOW / 2)


def after_many_screens(data: Path) -> None:
    """The slowest of 1,000 keys after 100 screens were opened and closed, beside a bare app with one input."""
    with Terminal(["input"], program=("-m", "benchmarks.baselines")) as plain:
        plain.wait("Hello there")
        bare = _pressed(plain, plain.process.pid, [b"a"] * PRESSED)
    with Terminal(["--data", str(data)]) as terminal:
        laptops.to_the_person(terminal)
        for number in range(SCREENS):
            terminal.press("home", *["down"] * (number % LINES + 1), "enter", "esc", pause=QUIET)
        terminal.read(REST)
        terminal.press("home")
        ours = _pressed(terminal, terminal.app_pid(), [KEYS[key].encode() for key in ["down", "up"] * (PRESSED // 4)])
        terminal.press("home")
        _talk(terminal)
        moves = [KEYS[key].encode() for _ in range(PRESSED // 80) for key in ["pgdn"] * 10 + ["pgup"] * 10]
        more = _pressed(terminal, terminal.app_pid(), moves)
        terminal.press("tab")
        typed = _pressed(terminal, terminal.app_pid(), [b"a"] * (PRESSED - len(moves) - len(ours.wall)))
        ours = Timed([*ours.wall, *more.wall, *typed.wall], [*ours.own, *more.own, *typed.own])
    words = f"{len(ours.wall):,} keys after {SCREENS} screens"
    most(f"{words}: those over {SLOW:.0f} ms", ours.slow, bare.slow, 0)
    for sort, mine, limit in (
        ("slowest", max(ours.wall), max(bare.wall)),
        ("p95", p95(ours.wall), p95(bare.wall)),
        ("most processor time of its own", max(ours.own), max(bare.own)),
    ):
        print(f"    {sort:<48} {mine:9.2f} {limit:9.2f} ms")


def _talk(terminal: Terminal) -> None:
    """From the person's screen to the first statement, reading the alerts if there are any."""
    terminal.press("down", "enter")
    terminal.wait("Talk about this step")
    terminal.press("enter")
    if "Read these" in terminal.wait_for_one("statement 1 of 5", "Read these"):
        terminal.press("enter")
        terminal.wait("statement 1 of 5")


def _pressed(terminal: Terminal, pid: int, keys: list[bytes]) -> Timed:
    program, timed = psutil.Process(pid), Timed([], [])
    for key in keys:
        before = sum(program.cpu_times()[:2])
        started = time.perf_counter()
        os.write(terminal.master, key)
        select.select([terminal.master], [], [], 1)
        timed.wall.append((time.perf_counter() - started) * 1000)
        terminal.read(QUIET)
        timed.own.append((sum(program.cpu_times()[:2]) - before) * 1000)
    return timed
