"""`phb-tui demo`: the app on an invented caseload, with a central service of its own on loopback.

Everything is made in a temporary folder and removed when the demo ends. All people are invented; their NHS numbers are
from the range kept for testing, 999.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import timedelta
from importlib import resources
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from phb_tui.domain.text.nhs_number import check_digit
from phb_tui.errors import SettingsProblem, StoreProblem
from phb_tui.i18n import N_, _
from phb_tui.settings import Settings
from phb_tui.system.supervisor import CLOSED

if TYPE_CHECKING:
    from phb_tui.domain.records.changes import Record
    from phb_tui.services.session import Session

PASSPHRASE = "kettle garden violin teacup"  # noqa: S105 - shown on the demo's unlock screen
TEAM = "demo-team"
KEPT = N_("Its people are kept. Look at them again with: phb-tui --data {folder}\nThe passphrase is: {words}\n")
LEAD = "demo-lead"
STAFF = {
    "demo-nurse": ("Demo Nurse", "nurse advisor"),
    "sam-okafor": ("Sam Okafor", "PHB officer"),
    LEAD: ("Lee Pretend", "team lead"),
    "pat-sampleton": ("Pat Sampleton", "panel"),
}
"""The demo's team: name and role by staff id."""
SERVER_MODULES = (
    "authlib", "prometheus_client", "psycopg", "pydantic_settings", "python_multipart", "starlette", "uvicorn",
)  # fmt: skip
"""What the extra `central` in pyproject.toml brings: a laptop does without, the demo's central does not."""

PEOPLE = (
    ("Annie", "Example", "Annie", "Large print. Please speak slowly and face me.", "Ring twice: the dog is friendly."),
    ("Bilal", "Sample", "", "", ""),
    ("Carys", "Prawf-Ŵyn", "Caz", "Welsh first, English is fine.", ""),
    ("Derek", "Madeup", "", "Text message, not phone calls.", ""),
    ("Ewa", "Przykład", "", "Polish interpreter for anything about money.", ""),
    ("Femi", "Notreal", "", "", ""),
    ("Grace", "Invented", "Gracie", "Talk to me first, then to my mum.", ""),
    ("Harold", "Fictional", "", "Hearing aid in the left ear.", "Steep steps at the door."),
    ("Imogen", "Pretend", "", "", ""),
    ("Joao", "Exemplo", "", "", ""),
    ("Kavita", "Testcase", "Kavi", "Easy read, please.", ""),
    ("Lewis", "Imaginary", "", "", ""),
)
"""Given name, family name, preferred name, communication needs, notes on taking care when visiting."""


def demo(run: Callable[[Settings], int]) -> int:
    """Create a demo caseload and central, run the app on them, then remove both unless the app ended with an error.

    Args:
        run: Runs the app with these settings and returns its exit code.

    Raises:
        SettingsProblem: The packages that only a server needs are not installed.
        StoreProblem: The demo could not be made.
    """
    if not all(find_spec(module) for module in SERVER_MODULES):
        raise SettingsProblem(
            "The demo runs a team server of its own and needs the parts for it: "
            "install phb-tui[central] from where phb-tui came."
        )
    sys.stdout.write("Making an invented caseload and a team server for it ...\n")
    sys.stdout.flush()
    folder = Path(tempfile.mkdtemp(prefix="phb-demo-"))
    central, code = None, CLOSED
    try:
        central, address, link = _start_central(folder)
        command = [sys.executable, "-m", "phb_tui.demo", str(folder), address]
        subprocess.run(command, check=True)
        where = _("To see the team server's pages as the team's lead, open this link. It works once, for half an hour:")
        sys.stdout.write(f"{where}\n{link}\n")
        sys.stdout.flush()
        code = 1  # what somebody types is in the folder from now on
        code = run(Settings(folder / "data", hint=f"{PASSPHRASE}\n\n{where}\n{link}"))
    except subprocess.CalledProcessError as error:
        raise StoreProblem("The demo's people could not be made. Is there room on the disk?") from error
    finally:
        if central is not None:
            central.terminate()
            central.wait(10)
            if central.stdout:
                central.stdout.close()
        if code == CLOSED:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            sys.stdout.write(_(KEPT).format(folder=folder / "data", words=PASSPHRASE))
    return code


def seed(folder: Path, address: str) -> None:
    """Make the team, its policy and the demo's laptop, and send what colleagues write from laptops of their own."""
    from phb_tui import demo_money  # noqa: PLC0415 - only in the seeding process
    from phb_tui.services.sync import sync_service  # noqa: PLC0415

    def sync(session: "Session") -> None:
        sync_service.sync_now(session, lambda _progress: None)

    money = _written()["money"]
    codes = _codes(folder, address)
    with _laptop(folder / "colleague", codes["sam-okafor"]) as officer:
        sync(officer)
        write_caseload(officer)
        for written in money:
            demo_money.ask(officer, written)
        sync(officer)
        with _laptop(folder / "lead", codes[LEAD]) as lead:
            sync(lead)
            for written in money:
                if "decision" in written:
                    demo_money.decide(lead, written)
            sync(lead)
        sync(officer)
        for written in money:
            if "agreement" in written:
                demo_money.set_up(officer, written)
                demo_money.pay(officer, written)
        sync(officer)
    with _laptop(folder / "data", codes["demo-nurse"]) as session:
        sync(session)


@contextmanager
def _laptop(folder: Path, code: str) -> "Iterator[Session]":
    """A laptop that joins the team with a code, open until it is left."""
    from phb_tui.keys.passphrase import FLOOR  # noqa: PLC0415 - only in the seeding process
    from phb_tui.services.start import unlocking  # noqa: PLC0415
    from phb_tui.services.sync import enrolment  # noqa: PLC0415

    unlocking.set_up(folder / "stores", PASSPHRASE, enrolment.read_code(code), FLOOR)
    session = unlocking.unlock(folder / "stores", PASSPHRASE)
    try:
        yield session
    finally:
        session.close()


def _codes(folder: Path, address: str) -> dict[str, str]:
    """Joining codes for the demo's laptops by staff id, issued by the administrator's commands."""
    _central(folder, "add-team", TEAM, "Demo team")
    for staff_id, (name, role) in STAFF.items():
        _central(folder, "staff", TEAM, staff_id, name, "--role", role)
    _central(folder, "sign-in", TEAM, LEAD, LEAD)
    _central(folder, "policy", TEAM, str(_policy_file(folder)), "--yes")
    with_laptop = [staff_id for staff_id, (_name, role) in STAFF.items() if role != "panel"]
    return {each: _central(folder, "code", TEAM, each, "--address", address).split()[-1] for each in with_laptop}


def _policy_file(folder: Path) -> Path:
    """The demo team's policy for money as an administrator has it."""
    policy = _written()["policy"]
    file = folder / "policy.json"
    tiers = [{"to": None, **tier} for tier in policy["tiers"]]
    file.write_text(json.dumps({**policy, "tiers": tiers}), encoding="utf-8")
    return file


def _written() -> dict[str, Any]:
    """What demo.toml holds."""
    return tomllib.loads(resources.files("phb_tui").joinpath("demo.toml").read_text(encoding="utf-8"))


def _central(folder: Path, *words: str) -> str:
    """Run a command of central's in this process, and return what it says."""
    from phb_tui.central import cli  # noqa: PLC0415 - only in the seeding process

    with redirect_stdout(StringIO()) as said:
        cli.main([*words, *_files(folder)])
    return said.getvalue()


def _files(folder: Path) -> list[str]:
    return ["--database", str(folder / "central.db"), "--key-file", str(folder / "central.key")]


def _start_central(folder: Path) -> tuple["subprocess.Popen[str]", str, str]:
    """Start the demo's central; return the process, its address and a one-time sign-in link for the team lead."""
    command = [sys.executable, "-m", "phb_tui.central", "serve", "--port", "0", "--link-for", LEAD, *_files(folder)]
    # Its own session: keys pressed in the app must not reach it.
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, text=True,
        start_new_session=True,
    )  # fmt: skip
    said = [process.stdout.readline() if process.stdout else "" for _line in range(2)]
    if not all("http://" in line for line in said):
        process.kill()
        raise StoreProblem("The demo's team server did not start.")
    address, link = (line[line.index("http://") :].strip() for line in said)
    return process, address, link


def write_caseload(session: "Session") -> None:
    """Write all demo people and their records."""
    from phb_tui.services.records import editing, record_lists  # noqa: PLC0415 - only in the seeding process

    written = _written()
    editing.save(session, record_lists.single(session, "local", None), written["local"])
    people: dict[str, Record] = {}
    for index, (given, family, known_as, communication, care) in enumerate(PEOPLE):
        number = next(n for n in range(999_000_000 + index * 7_411, 999_999_999) if check_digit(f"{n:09d}") < 10)  # noqa: PLR2004
        people[given] = editing.save(
            session,
            editing.new_record(session, "person", None),
            {
                "given_name": given,
                "family_name": family,
                "known_as": known_as,
                "communication": communication,
                "take_care": care,
                "nhs_number": f"{number:09d}{check_digit(f'{number:09d}')}",
                "date_of_birth": f"{1940 + 5 * index}-03-27",
                "next_visit": _day(session, index) if index < 6 else "",  # noqa: PLR2004
                **written["person"].get(given, {}),
            },
        )
        if not index % 3:
            _write_first_visit(session, people[given], given)
    _write_records(session, people, written["record"])
    for visit in written["visit"]:
        _write_visit(session, people[visit["person"]], visit)


def _day(session: "Session", days: int) -> str:
    return (session.today + timedelta(days=days)).isoformat()


def _write_first_visit(session: "Session", person: "Record", given: str) -> None:
    from phb_tui.domain.records.record_ids import single_id  # noqa: PLC0415 - only in the seeding process
    from phb_tui.services.records import editing  # noqa: PLC0415

    known = {"statement": "S1-I1", "answer": "partly", "words": "I know who to ring but not what the three ways are."}
    heard = {"person": given, "day": -200, "answers": [known, {"statement": "S1-I4", "answer": "yes"}]}
    _write_visit(session, person, {**heard, "place": "At home"})
    about = editing.read(session, "about_me", single_id(person.record_id, "about_me"), person.record_id)
    editing.save(session, about, {"important_to_me": "My garden, my sister, and choosing when I get up."})


def _write_visit(session: "Session", person: "Record", written: dict[str, Any]) -> None:
    """Write an earlier visit, its answers and what others said."""
    from phb_tui.content.forms import FINISHED  # noqa: PLC0415 - only in the seeding process
    from phb_tui.services.records import editing, record_lists, visit_start  # noqa: PLC0415
    from phb_tui.services.visit import conversation, visits  # noqa: PLC0415

    day = session.today + timedelta(days=written["day"])
    values = {"date": day.isoformat(), "time": "10:30", "place": written["place"], "nurse": session.nurse.name}
    visit = editing.save(session, visit_start.visit_on(session, person.record_id, day), values)
    statements = {statement.id: statement for statement in session.content.statements}
    for answer in written["answers"]:
        held = conversation.statement_answer(session, visit, statements[answer["statement"]]).answer
        conversation.save_answer(session, visit, held, {"said_by": written["person"], **answer})
    for voice in written.get("voices", ()):
        heard = conversation.other_voice(session, visit, statements[voice["statement"]])
        editing.save(session, heard, {**voice, "visit_id": visit.record_id})
    for present in written.get("attendees", ()):
        new = record_lists.new(session, "attendee", person.record_id)
        editing.save(session, new, {**present, **record_lists.parent_link(visit, "attendee")})
    if closing := written.get("closing"):
        editing.save(session, visits.closing(session, visit), {**closing, FINISHED: "yes"})


def _write_records(session: "Session", people: "dict[str, Record]", written: list[dict[str, Any]]) -> None:
    """Write the records of demo.toml."""
    from phb_tui.content import forms  # noqa: PLC0415 - only in the seeding process
    from phb_tui.services.records import editing, record_lists  # noqa: PLC0415

    made: list[Record] = []
    named: dict[str, Record] = {}
    first = next(iter(people))
    for record in written:
        kind, person = record["kind"], people[record.get("person", first)]
        new = (record_lists.single if forms.form(kind).single else record_lists.new)(session, kind, person.record_id)
        above = record_lists.parent_link(made[record["under"]], kind) if "under" in record else {}
        links = {name: named[to].record_id for name, to in record.get("links", {}).items()}
        fields = {name: _day(session, int(v[1:])) if v.startswith("@") else v for name, v in record["fields"].items()}
        made.append(editing.save(session, new, {**above, **links, **fields}))
        named[record.get("as", "")] = made[-1]


if __name__ == "__main__":
    seed(Path(sys.argv[1]), *sys.argv[2:])
