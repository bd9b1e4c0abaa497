"""Benchmarks in a pseudo-terminal: start, typing, navigation, memory, idling."""

import os
import select
import shutil
import time
from pathlib import Path

import psutil

from benchmarks.report import ratio, ratio_p95
from tests.journeys import laptops
from tests.journeys.terminal import KEYS, Terminal
from tests.journeys.visit_steps import talk

ROUNDS = 11
KEYS_TYPED = 60
IDLE_SECONDS = 8.0


def start(data: Path) -> None:
    """Time from the command to the first screen, alternating with a bare app."""
    ours, bare = [], []
    for _ in range(ROUNDS):
        ours.append(_until(["--data", str(data)], ("-m", "phb_tui"), "Passphrase"))
        bare.append(_until(["hello"], ("-m", "benchmarks.baselines"), "Hello there"))
    ratio("start to unlock screen", ours, bare, 1.35)


def keys(data: Path) -> None:
    """Time from a key to the first bytes that repaint it: typing text, and moving between statements.

    Ours and the bare app take turns key by key, so that whatever else the machine does hits both.
    """
    moves = [KEYS[key].encode() for _ in range(3) for key in ["pgdn"] * 20 + ["pgup"] * 20]
    with (
        Terminal(["input"], program=("-m", "benchmarks.baselines")) as plain,
        Terminal(["--data", str(data)]) as terminal,
    ):
        plain.wait("Hello there")
        laptops.unlock(terminal)
        terminal.wait("Your people")
        terminal.press("down", "enter")
        terminal.wait("Today's visit")
        talk(terminal)
        moved, bare_moved = _in_turn(terminal, moves, plain)
        terminal.press("tab")
        typed, bare_typed = _in_turn(terminal, [b"a"] * KEYS_TYPED, plain)
    ratio("key to repaint, typing words", typed, bare_typed, 1.5)
    ratio_p95("key to repaint, typing words", typed, bare_typed, 1.5)
    ratio("key to repaint, next statement", moved, bare_moved, 1.5)
    ratio_p95("key to repaint, next statement", moved, bare_moved, 1.5)


def _in_turn(terminal: Terminal, pressed: list[bytes], plain: Terminal) -> tuple[list[float], list[float]]:
    ours, bare = [], []
    for key in pressed:
        ours.append(_repaint(terminal, key))
        bare.append(_repaint(plain, b"a"))
    return ours, bare


def memory(data: Path) -> None:
    """Resident memory with 5,000 people in the caseload, against a bare app; and processor use when idle."""
    with Terminal(["hello"], program=("-m", "benchmarks.baselines")) as terminal:
        terminal.wait("Hello there")
        bare, idle_bare = _resident([terminal.process.pid]), _idle(terminal, terminal.process.pid)
    with Terminal(["--data", str(data)]) as terminal:
        laptops.unlock(terminal)
        terminal.wait("5,000 people")
        ours, idle = _resident([terminal.app_pid()]), _idle(terminal, terminal.app_pid())
        both = _resident([terminal.app_pid(), terminal.process.pid])
    ratio("resident memory, 5,000 people (the app's process)", [ours], [bare], 2.2, "MB")
    ratio("the same with the supervisor's own pages", [both], [bare], 2.6, "MB")
    ratio("CPU while idle, with the list open", [idle], [max(idle_bare, 0.01)], 1.0, "%")


def _until(arguments: list[str], program: tuple[str, ...], words: str) -> float:
    started = time.perf_counter()
    with Terminal(arguments, program=program) as terminal:
        while words not in terminal.text():
            terminal.read(0.005)
        return (time.perf_counter() - started) * 1000


def _repaint(terminal: Terminal, key: bytes) -> float:
    terminal.read(0.06)
    started = time.perf_counter()
    os.write(terminal.master, key)
    select.select([terminal.master], [], [], 5)
    taken = (time.perf_counter() - started) * 1000
    terminal.read(0.06)
    return taken


def _resident(pids: list[int]) -> float:
    """Proportional set size in MB where available: a page shared by two processes counts half in each."""
    found = [psutil.Process(pid).memory_full_info() for pid in pids]
    return float(sum(getattr(info, "pss", info.rss) for info in found)) / 1024 / 1024


def _idle(terminal: Terminal, pid: int) -> float:
    """Percentage of one core used over some seconds without a key."""
    terminal.read(1.0)
    before = sum(psutil.Process(pid).cpu_times()[:2])
    until = time.monotonic() + IDLE_SECONDS
    while time.monotonic() < until:
        terminal.read(0.5)
    return float(sum(psutil.Process(pid).cpu_times()[:2]) - before) / IDLE_SECONDS * 100


def copy(data: Path, to: Path) -> Path:
    """Copy a laptop's folder for one benchmark."""
    shutil.copytree(data, to)
    return to
