"""The `phb-tui` command: parses arguments and starts the app under the supervisor.

It imports nothing of the app before the supervisor has made the app's own process.
"""

import argparse
import os
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

from phb_tui import __version__, i18n
from phb_tui.domain.text.control_characters import cleaned
from phb_tui.errors import PhbError
from phb_tui.services.documents import leftover_copies
from phb_tui.settings import LONGEST, Settings, default_data
from phb_tui.system.hardening import no_dumps, quiet_crashes, quiet_environment, report_thread_exceptions
from phb_tui.system.supervisor import UNSAVED_FLAG, supervise


def main(argv: list[str] | None = None) -> None:
    """Entry point of the `phb-tui` command."""
    arguments = sys.argv[1:] if argv is None else argv
    options = _parse(arguments)
    if options.command == "work-out":
        sys.exit(work_out(options.file))
    # All three: Textual draws on standard error, and a screen redirected into a file would be a person's words in it.
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        sys.exit("phb-tui needs a terminal of its own. Open a terminal window and start it there.")
    i18n.use(i18n.wanted(os.environ))
    settings = Settings(options.data or default_data(), options.hint, options.lock_after, unsaved=options.unsaved)
    try:
        if options.command == "demo":
            from phb_tui.demo import demo  # noqa: PLC0415 - only for the demo

            code = demo(lambda found: run(found, arguments))
        elif options.child:
            code = run_app(settings)
        else:
            code = run(settings, arguments)
    except PhbError as error:
        sys.exit(cleaned(error.sentence))
    sys.exit(code)


def work_out(file: Path) -> int:
    """Print what was worked out of a file of budgets, as JSON; without a terminal and without a store.

    Returns:
        0, or 2 when the file is no such input: then a sentence on standard error says what is wrong.
    """
    from phb_tui.services.budget import work_out as door  # noqa: PLC0415 - the app needs none of it at its start

    i18n.use(i18n.wanted(os.environ))
    try:
        text = door.answer(file)
    except PhbError as error:
        print(cleaned(error.sentence), file=sys.stderr)
        return 2
    # UTF-8 whatever the console's code page is: the answer is read by programs.
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.flush()
    return 0


def run(settings: Settings, arguments: list[str]) -> int:
    """Run the app under the supervisor."""
    plain = [argument for argument in arguments if argument != "demo"]
    again = [sys.executable, "-m", "phb_tui", "--child", "--data", str(settings.data), "--hint", settings.hint, *plain]
    clean = partial(leftover_copies.remove, settings.data)
    return supervise(lambda unsaved: run_app(replace(settings, unsaved=unsaved)), again, clean)


def run_app(settings: Settings) -> int:
    """Run the app in this process, after hardening it."""
    quiet_environment()
    quiet_crashes()
    no_dumps()
    from phb_tui.app.garbage import GarbageCollection  # noqa: PLC0415 - belongs to the app
    from phb_tui.app.phb_app import PhbApp  # noqa: PLC0415 - Textual reads its environment when it is imported

    app = PhbApp(settings, GarbageCollection())
    app.show_colours_of(app.console.color_system)
    report_thread_exceptions(app.failed_in_thread)
    app.run()
    return app.return_code or 0


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="phb-tui", description="Personal Health Budget home visits: offline, encrypted, nothing lost."
    )
    parser.add_argument(
        "command",
        nargs="?",
        choices=["demo", "work-out"],
        help="demo: try it on invented people; work-out FILE: work out a budget that is written as JSON",
    )
    parser.add_argument("file", nargs="?", type=Path, help="the file of work-out (docs/budget-json.md)")
    parser.add_argument("--data", type=Path, help="the folder to keep everything in")
    parser.add_argument("--hint", default="", help=argparse.SUPPRESS)
    parser.add_argument(
        "--lock-after",
        type=int,
        choices=range(1, LONGEST + 1),
        default=LONGEST,
        metavar="MINUTES",
        help=f"lock after so many minutes without a key, 1 to {LONGEST}",
    )
    parser.add_argument(UNSAVED_FLAG, action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=f"phb-tui {__version__}")
    options = parser.parse_args(arguments)
    if (options.command == "work-out") != (options.file is not None):
        parser.error("work-out needs one file, and nothing else takes one")
    return options
