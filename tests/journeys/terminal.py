"""phb-tui in a real pseudo-terminal, read by a terminal emulator."""

import contextlib
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Self

import psutil
import pyte

ROOT = Path(__file__).parents[2]
KEYS = {
    "enter": "\r", "tab": "\t", "esc": "\x1b", "down": "\x1b[B", "up": "\x1b[A", "right": "\x1b[C", "left": "\x1b[D",
    "pgdn": "\x1b[6~", "pgup": "\x1b[5~", "backspace": "\x7f", "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR",
    "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~", "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~",
    "ctrl+l": "\x0c", "ctrl+q": "\x11", "ctrl+z": "\x1a", "ctrl+s": "\x13", "ctrl+p": "\x10", "ctrl+t": "\x14",
    "shift+tab": "\x1b[Z", "end": "\x1b[F", "home": "\x1b[H",
}  # fmt: skip
PATIENCE = 30.0
QUIET, MOMENT, SAMPLES = 0.06, 0.005, 3


def _own_terminal() -> None:
    """Make the pseudo-terminal the program's own, so that closing it hangs the program up."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def runtime_of(data: Path) -> Path:
    """The runtime folder of the system, as a program with this data folder sees it."""
    return data.with_name(f"{data.name}-runtime")


def copies(data: Path) -> list[Path]:
    """Every copy to print that lies there."""
    return [file for file in runtime_of(data).glob("phb-tui-copies/*/*") if file.is_file()]


def _own_runtime(arguments: list[str]) -> dict[str, str]:
    """A runtime folder for the program alone, beside its data folder."""
    if "--data" not in arguments:
        return {}
    folder = runtime_of(Path(arguments[arguments.index("--data") + 1]))
    folder.mkdir(mode=0o700, exist_ok=True)
    return {"XDG_RUNTIME_DIR": str(folder)}


class NotSeen(AssertionError):
    """The words did not appear on the screen."""


class Terminal:
    """A terminal with a program in it.

    Args:
        arguments: What follows the program.
        columns: Its width.
        rows: Its height.
        environment: Added to the environment.
        program: What Python runs; phb-tui unless a test brings one with a fault in it.
    """

    def __init__(
        self,
        arguments: list[str],
        columns: int = 80,
        rows: int = 24,
        environment: dict[str, str] | None = None,
        program: tuple[str, ...] = ("-m", "phb_tui"),
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        env = {
            **os.environ,
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "COLORTERM": "truecolor",
            **_own_runtime(arguments),
            **(environment or {}),
        }
        for name in ("COLUMNS", "LINES"):  # what runs the tests may set them, and they would count before the window
            env.pop(name, None)
        self.process = subprocess.Popen(
            [sys.executable, *program, *arguments],
            stdin=slave, stdout=slave, stderr=slave, cwd=ROOT, env=env, start_new_session=True,
            preexec_fn=_own_terminal,  # noqa: PLW1509 - the tests that start programs have no threads
        )  # fmt: skip
        os.close(slave)

    def read(self, seconds: float = 0.05) -> None:
        """Take what the program wrote."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if self.master not in select.select([self.master], [], [], left)[0]:
                return
            try:
                data = os.read(self.master, 65536)
            except OSError:  # the program and everything it started have ended
                return
            if not data:
                return
            self.raw += data
            self._stream.feed(data)

    def quiet(self) -> None:
        """Take what the program writes until it has written nothing for a moment and waits for input.

        What it paints is then whole, also on a machine on which it has to wait for its turn.
        """
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            before = len(self.raw)
            self.read(QUIET)
            if len(self.raw) == before and all(self._waits() for _ in range(SAMPLES)):
                return

    def _waits(self) -> bool:
        """Whether the app waits for something else than the processor, a moment from now."""
        time.sleep(MOMENT)
        try:
            return all(
                child.status() == psutil.STATUS_SLEEPING for child in psutil.Process(self.process.pid).children()
            )
        except psutil.NoSuchProcess:
            return True

    def text(self) -> str:
        """What stands on the screen now."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def scrollback(self) -> str:
        """Everything a person could scroll back to, and the screen.

        Following what is scrolled out takes twice the time, so it is done here and not all the time.
        """
        screen = pyte.HistoryScreen(self.screen.columns, self.screen.lines, history=5000)
        pyte.ByteStream(screen).feed(bytes(self.raw))
        lines = ["".join(line[column].data for column in range(screen.columns)) for line in screen.history.top]
        return "\n".join([*lines, self.text()])

    def wait(self, *words: str, patience: float = PATIENCE) -> str:
        """Wait until all the words are on the screen."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            self.read()
            text = self.text()
            if all(word in text for word in words):
                return text
            if self.process.poll() is not None:
                break
        raise NotSeen(f"waited for {words}, saw:\n{self.text()}")

    def wait_for_one(self, *words: str) -> str:
        """Wait until any of the words are on the screen; what stands on it then."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.read()
            if any(word in self.text() for word in words):
                return self.text()
        raise NotSeen(f"waited for one of {words}, saw:\n{self.text()}")

    def type(self, text: str) -> None:
        """Type words."""
        os.write(self.master, text.encode())

    def paste(self, text: str) -> None:
        """Paste words, as a terminal does that marks where a paste begins and ends."""
        sent = f"\x1b[200~{text}\x1b[201~".encode()
        while sent:
            _ready, room, _ = select.select([], [self.master], [], 0.05)
            if room:
                sent = sent[os.write(self.master, sent[:1024]) :]
            self.read(0.005)

    def press(self, *keys: str, pause: float = 0.05) -> None:
        """Press named keys one after the other."""
        for key in keys:
            os.write(self.master, KEYS[key].encode())
            # A terminal cannot tell Esc from the start of another key but by the silence after it.
            self.read(0.25 if key == "esc" else pause)

    def app_pid(self) -> int:
        """The process that holds the key: the supervisor's only child."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if found := psutil.Process(self.process.pid).children():
                return int(found[0].pid)
            time.sleep(0.01)
        raise NotSeen("the app has not started")

    def kill(self) -> None:
        """Kill the program and everything it started, without warning."""
        with contextlib.suppress(psutil.NoSuchProcess):
            program = psutil.Process(self.process.pid)
            # All are held first: what is left of them could still tidy up after the one that was killed.
            everything = (program, *program.children(recursive=True))
            for stop in (psutil.Process.suspend, psutil.Process.kill):
                for process in everything:
                    with contextlib.suppress(psutil.NoSuchProcess):
                        stop(process)
        self.process.wait(PATIENCE)

    def close_window(self) -> None:
        """Close the window; the system tells whoever it was opened for, and nobody else."""
        os.close(self.master)
        self.master = -1

    def finish(self, patience: float = PATIENCE) -> int:
        """Wait for the program to end; its exit code."""
        until = time.monotonic() + patience
        while self.process.poll() is None and time.monotonic() < until:
            self.read()
        self.read(0.2)
        code = self.process.poll()
        if code is None:
            raise NotSeen(f"it did not end:\n{self.text()}")
        return int(code)

    def close(self) -> None:
        """End whatever still runs and let go."""
        if self.process.poll() is None:
            self.kill()
        with contextlib.suppress(OSError):
            os.close(self.master)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()
