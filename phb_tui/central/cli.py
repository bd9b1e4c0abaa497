"""The `phb-central` command."""

import argparse
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from phb_tui import __version__
from phb_tui.central.admin.devices import DeviceRegistry
from phb_tui.central.admin.staff import StaffAdmin
from phb_tui.central.auth import roles
from phb_tui.central.exchange.sync_service import LEASE_DAYS
from phb_tui.central.server import factory, policy_command, runner
from phb_tui.central.server.settings import NOT_OPTIONS, DatabaseSettings, ServerSettings, is_postgres
from phb_tui.central.server.settings_sources import LayeredSettings, load, option, variable
from phb_tui.central.storage import audit_log, backup
from phb_tui.central.storage.models import Staff
from phb_tui.central.storage.repository import Repository, Storage
from phb_tui.domain.text.control_characters import one_line
from phb_tui.errors import PhbError, SettingsProblem

ADDRESS = "http://127.0.0.1:8765"
SETTINGS = (
    f"Each setting of central's is also a variable of the environment, such as {variable('key_file')}, and a line of a "
    f'TOML file that --settings or {variable("settings")} names, such as key-file = "central.key". '
    "An option counts before the environment, and that before the file."
)


def main(argv: list[str] | None = None) -> None:
    """Run `phb-central`."""
    options = _parse(sys.argv[1:] if argv is None else argv)
    try:
        options.run(options)
    except PhbError as error:
        sys.exit(one_line(error.sentence))


def _say(words: str) -> None:
    """Say something on one line; a name or a label in it may hold what would steer a terminal."""
    print(one_line(words), flush=True)


def _serve(options: argparse.Namespace) -> None:
    runner.serve(load(ServerSettings, _given_options(options, ServerSettings)), _say_where)


def _given_options(options: argparse.Namespace, kind: type[LayeredSettings]) -> dict[str, object]:
    return {name: value for name, value in vars(options).items() if name in kind.model_fields}


def _say_where(address: str, link: str) -> None:
    _say(f"Central is listening on {address}")
    if link:
        _say(f"To sign in, open this link. It works once, for half an hour: {link}")


@contextmanager
def _access(options: argparse.Namespace) -> Iterator[DeviceRegistry]:
    settings = _database_settings(options)
    with _open_storage(settings) as storage:
        yield factory.build_central(storage, factory.read_key(Path(settings.key_file))).devices


def _init(options: argparse.Namespace) -> None:
    database = _database_settings(options).database.get_secret_value()
    if is_postgres(database):
        from phb_tui.central.storage.postgres import make_tables  # noqa: PLC0415 - only where there is one

        make_tables(database, options.role, options.parts)
    else:
        factory.open_storage(database).close()
    _say("The tables are there.")


def _add_team(options: argparse.Namespace) -> None:
    with _access(options) as access:
        access.add_team(options.team_id, options.name)
    _say(f"Added the team {options.name}.")


def _staff(options: argparse.Namespace) -> None:
    with _access(options) as access:
        was, now = access.add_staff(options.team_id, Staff(options.staff_id, options.name, options.role))
    if was in {"", now}:
        _say(f"{options.name} is {roles.a(now)} in this team.")
        return
    _say(f"{options.name} was {roles.a(was)} in this team, and is {roles.a(now)} now.")
    if was in roles.WRITERS and now not in roles.WRITERS:
        _say(
            "Central sends their laptops no records from now on, and keeps what they send aside. What is on a laptop "
            f"can be read there for up to {LEASE_DAYS} days. To close one now: phb-central lock"
        )


def _sign_in(options: argparse.Namespace) -> None:
    subject = "" if options.remove else options.subject
    if subject is None:
        raise SettingsProblem("Say what the provider calls them, as the page shows it; or --remove.")
    with _storage(options) as storage:
        StaffAdmin(storage, factory.now).link_identity(options.team_id, options.staff_id, subject)
    _say("They can sign in now." if subject else "Nobody can sign in as them any more.")


def _remove_staff(options: argparse.Namespace) -> None:
    with _storage(options) as storage:
        count = StaffAdmin(storage, factory.now).remove(options.team_id, options.staff_id)
    _say(f"Their access has ended, and that of {count} of their laptops. What a laptop had sent is safe.")


def _policy(options: argparse.Namespace) -> None:
    agrees = (lambda _question: True) if options.yes else _agreed
    found = policy_command.read(options.file, _say)
    with _storage(options) as storage:
        policy_command.write(storage, options.team_id, found, _say, agrees)


def _agreed(question: str) -> bool:
    """Whether whoever runs this says yes; where nobody can be asked, nobody does."""
    try:
        return input(f"{question} yes/no: ").strip().lower() in {"y", "yes"}
    except EOFError:
        return False


def _code(options: argparse.Namespace) -> None:
    with _access(options) as access:
        code = access.create_enrolment_code(options.address, options.team_id, options.staff_id, options.device)
    _say("Give the nurse this joining code. It is shown only once, and is good once within a week:")
    _say(code)


def _devices(options: argparse.Namespace) -> None:
    with _storage(options) as storage:
        for device in storage.read({options.team_id}, lambda tables: tables.devices(options.team_id)):
            seen = device.seen_at[:16].replace("T", " ") or "never"
            _say(
                f"{device.device_id}  {device.state:<8} {device.last_op:>8,} changes  last here {seen}  {device.label}"
            )


def _command(options: argparse.Namespace) -> None:
    with _access(options) as access:
        if options.what == "revoke":
            access.revoke(options.team_id, options.device_id)
        else:
            access.send_command(options.team_id, options.device_id, options.what)
    _say("Done. The laptop is told when it next asks.")


def _save(options: argparse.Namespace) -> None:
    with _storage(options) as storage:
        count = backup.save(storage, options.file)
    _say(f"Wrote {count:,} rows. The file is not encrypted: keep it where only you can read it.")


def _restore(options: argparse.Namespace) -> None:
    with _storage(options) as storage:
        count = backup.restore(storage.engine, options.file)
    _say(f"Put {count:,} rows back. Laptops send again what the backup did not have.")


def _new_epoch(options: argparse.Namespace) -> None:
    with _storage(options) as storage:
        for team in storage.teams():
            storage.write({team.team_id}, partial(_begin_epoch, team.team_id))
    _say("Every team begins a new epoch. Laptops send again what this database does not have.")


def _begin_epoch(team_id: str, tables: Repository) -> None:
    tables.increment_epoch(team_id)


def _bundle(options: argparse.Namespace) -> None:
    settings = _database_settings(options)
    with _open_storage(settings) as storage:
        central = factory.build_central(storage, factory.read_key(Path(settings.key_file)))
        try:
            answer = central.bundles.answer(options.file.read_bytes())
            options.answer.write_bytes(answer)
        except OSError as error:
            raise SettingsProblem(f"A file cannot be read or written: {error.strerror}.") from error
    _say("Wrote the answer. Take it back to the laptop on the stick.")


def _audit(options: argparse.Namespace) -> None:
    with _storage(options) as storage:
        lines, wrong = storage.read(
            {options.team_id},
            lambda tables: (tables.audit(options.team_id), audit_log.first_broken_link(tables, options.team_id)),
        )
    for number, at, who, what, about, _hash in lines:
        _say(f"{number:>6}  {at[:16].replace('T', ' ')}  {who}: {what} {about}".rstrip())
    if wrong:
        raise SettingsProblem(f"Line {wrong} was changed, or one before it is missing. Keep this database as it is.")
    _say("Nothing in this list was changed or taken out.")


def _database_settings(options: argparse.Namespace) -> DatabaseSettings:
    return load(DatabaseSettings, _given_options(options, DatabaseSettings))


def _storage(options: argparse.Namespace) -> AbstractContextManager[Storage]:
    return _open_storage(_database_settings(options))


@contextmanager
def _open_storage(settings: DatabaseSettings) -> Iterator[Storage]:
    storage = factory.open_storage(settings.database.get_secret_value())
    try:
        yield storage
    finally:
        storage.close()


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="phb-central", description="The service that phb-tui laptops exchange with.")
    parser.add_argument("--version", action="version", version=f"phb-central {__version__}")
    commands = parser.add_subparsers(required=True)

    def command(
        name: str, run: Callable[[argparse.Namespace], None], about: str, *names: str
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=about, epilog=SETTINGS)
        for argument in names:
            made.add_argument(argument)
        _add_settings(made, DatabaseSettings)
        made.set_defaults(run=run)
        return made

    serve = command("serve", _serve, "answer laptops, and show pages to those who sign in")
    _add_settings(serve, ServerSettings, without=DatabaseSettings.model_fields)
    init = command("init", _init, "make the tables, or bring older ones up to date")
    init.add_argument("--role", default="", help="PostgreSQL: the user that central runs as")
    init.add_argument("--parts", type=int, default=0, help="PostgreSQL: divide every table by team into so many parts")
    command("add-team", _add_team, "add a team", "team_id", "name")
    staff = command(
        "staff", _staff, "add somebody to a team, or change their name or role", "team_id", "staff_id", "name"
    )
    staff.add_argument(
        "--role", choices=roles.ROLES, default="",
        help="what they are; without it somebody who is there keeps their role, and somebody new is a nurse advisor",
    )  # fmt: skip
    sign_in = command(
        "sign-in", _sign_in, "say what the provider calls somebody, so that they can sign in", "team_id", "staff_id"
    )
    sign_in.add_argument("subject", nargs="?", help="as the page says that they see when they sign in")
    sign_in.add_argument("--remove", action="store_true", help="let nobody sign in as them any more")
    command("remove-staff", _remove_staff, "end somebody's access, and that of their laptops", "team_id", "staff_id")
    policy = command(
        "policy", _policy, "give a team another policy for money: checks it and shows what changes", "team_id"
    )
    policy.add_argument("file", type=Path, help="JSON; docs/policy-json.md says what stands in it")
    policy.add_argument("--yes", action="store_true", help="write it without asking")
    code = command("code", _code, "print a joining code for somebody's laptop", "team_id", "staff_id")
    code.add_argument("--device", default="", help="a laptop that joins again, by its id")
    code.add_argument("--address", default=ADDRESS, help="where the laptop will find central")
    command("devices", _devices, "list a team's laptops", "team_id")
    save = command("backup", _save, "write everything into one file")
    save.add_argument("file", type=Path)
    put_back = command("restore", _restore, "put everything back from a backup into an empty database")
    put_back.add_argument("file", type=Path)
    carried = command("bundle", _bundle, "answer a file that was carried here from a laptop without a network")
    carried.add_argument("file", type=Path)
    carried.add_argument("answer", type=Path, help="where to write the answer; its name ends in .phb-answer")
    command("new-epoch", _new_epoch, "after the database was put back by its own means: let laptops send again")
    command("audit", _audit, "who did what in a team, checked to be whole", "team_id")
    for what in ("lock", "release", "wipe", "revoke"):
        command(what, _command, f"{what} a laptop", "team_id", "device_id").set_defaults(what=what)
    return parser.parse_args(argv)


def _add_settings(parser: argparse.ArgumentParser, kind: type[LayeredSettings], without: Collection[str] = ()) -> None:
    """Make an option of each setting; one that is not given leaves the word to the environment and the file."""
    for name, field in kind.model_fields.items():
        if name in NOT_OPTIONS or name in without:
            continue
        flag = argparse.BooleanOptionalAction if field.annotation is bool else "store"
        known = field.default if isinstance(field.default, str | int) else ""
        about = f"{field.description} (default: {known})" if known else field.description
        parser.add_argument(option(name), dest=name, action=flag, default=argparse.SUPPRESS, help=about)
