"""Exchange by USB stick: waiting changes go to central in an encrypted file, its answer comes back in another."""

import os
import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from phb_tui.domain.calendar.timestamps import utc
from phb_tui.errors import CentralNonsense, CentralRefused, LeaseOver, NotSaved, RuleBroken
from phb_tui.services.session import Session
from phb_tui.services.sync import device_lock, enrolment
from phb_tui.store import key_values, sync_history
from phb_tui.store.database import transaction
from phb_tui.store.sync_history import SyncRun
from phb_tui.sync import engine
from phb_tui.sync.engine import LocalSide, Progress

NO_FOLDER = "There is no such folder. Put the stick in, and choose or type where it is."
NO_ROOM = "The file could not be written there. Is there room on the stick, and may it be written?"
NO_ANSWER = "There is no answer for this laptop in this folder. Someone has to take the file to the team server first."
NOT_READ = "An answer on the stick could not be read. Nothing was taken and nothing is lost. Ask for the file again."
TOO_OLD = (
    "This answer was taken, but it is too old to open this laptop. Write what waits on the stick again, and have it "
    "taken to the team server."
)


def write(session: Session, folder: str) -> Path:
    """Write waiting changes to an encrypted file that only central can read.

    Args:
        session: The session.
        folder: Where the stick is, as typed or chosen.

    Returns:
        The file.

    Raises:
        RuleBroken: There is no such folder.
        NotSaved: It cannot be written there.
        CentralRefused: This laptop has no key; it has to join again.
    """
    from phb_tui.sync import bundle, wire  # noqa: PLC0415 - seldom
    from phb_tui.sync.signing import KEY_LETTERS, sealing_key  # noqa: PLC0415

    to = _folder(folder)
    key = enrolment.device_key(session)
    here = _local_side(session)
    central = key_values.get(here.db, "central_key")
    if len(central) <= KEY_LETTERS:  # it joined before central could be written to
        raise CentralRefused(enrolment.NOT_JOINED)
    with session.store.sync_lock:
        made = bundle.Bundle(
            session.team_id,
            enrolment.device_id(session),
            central,
            sealing_key(key).public_key().public_bytes_raw().hex(),
            enrolment.enrolment(session, key),
            tuple(wire.encode_request(request) for request in engine.requests(here)),
        )
    at = f"{session.now().astimezone():%Y-%m-%d-%H%M%S}"
    file = to / f"{_name_prefix(session)}-{at}{bundle.SENT}"
    unfinished = file.with_suffix(".unfinished")
    try:
        with unfinished.open("wb") as stream:
            stream.write(bundle.seal_bundle(made, key))
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(file)
    except OSError as error:
        raise NotSaved(NO_ROOM) from error
    return file


def read(session: Session, folder: str) -> Progress:
    """Apply every answer for this laptop in a folder; repeated or reordered answers do no harm.

    Applied answers are deleted there, with the requests that they answer.

    Raises:
        RuleBroken: There is no such folder, or no answer in it.
        CentralNonsense: What is there is not from central, or damaged.
        CentralRefused: Central did not take what was sent.
        WouldRemove: It would take many people off this laptop; nothing of that was taken.
        LaptopLocked: It ended with an order to lock this laptop.
        LeaseOver: What was read is too old to open a laptop that was without central for too long.
        NotSaved: The disk refuses.
    """
    from phb_tui.sync import bundle  # noqa: PLC0415 - seldom

    files = _answers(_folder(folder))
    here, done = _local_side(session), None
    problem: CentralRefused | CentralNonsense | None = None
    with session.store.sync_lock:
        for file in files:
            try:
                came = _apply_answer(session, here, file)
            except CentralRefused as refused:
                problem = refused
            except CentralNonsense as wrong:
                # One for another laptop, or for a key this one had before, does not stand in the way of the next.
                if problem is None and file.name.startswith(_name_prefix(session)):
                    problem = wrong
                continue
            else:
                before, problem = done or Progress(0, 0, 0, more=False), None
                done = replace(came, sent=before.sent + came.sent, received=before.received + came.received)
            _delete(file, file.with_suffix(bundle.SENT))
    over = device_lock.is_lease_expired_only(session, here.db)
    if not over:
        device_lock.require_unlocked(session, here.db)
    if problem:
        raise problem
    if done is None:
        raise RuleBroken(NO_ANSWER, "folder")
    if over:
        raise LeaseOver(TOO_OLD)
    return done


def _apply_answer(session: Session, here: LocalSide, file: Path) -> Progress:
    """Apply one answer; its remote command runs even when central accepted no change."""
    from phb_tui.sync import bundle, remote_commands, wire  # noqa: PLC0415 - seldom
    from phb_tui.sync.signing import sealing_key  # noqa: PLC0415

    try:
        words = file.read_bytes()
    except OSError as error:  # a bad place on the stick, or a folder of this name
        raise CentralNonsense(NOT_READ) from error
    answer = bundle.open_answer(
        words, sealing_key(enrolment.device_key(session)), key_values.get(here.db, "central_key")
    )
    with transaction(here.db):
        remote_commands.carry_out(here.db, session.team_id, enrolment.device_id(session), answer.orders)
    replies = [wire.decode_reply(reply) for reply in answer.replies]
    if replies:
        enrolment.joined(session)
    done = engine.apply_answer(here, list(zip(answer.asked, replies, strict=True)))
    about = SyncRun(here.now(), done.sent, done.received, 0, len(words), answer.problem)
    sync_history.note(here.db, session.team_id, about)
    if answer.problem:
        raise CentralRefused(answer.problem)
    return done


def _delete(*files: Path) -> None:
    for file in files:
        with suppress(OSError):  # a stick that cannot be written keeps them, which does no harm
            file.unlink()


def _local_side(session: Session) -> LocalSide:
    return LocalSide(session.store.sync_db, session.team_id, enrolment.device_id(session), lambda: utc(session.now()))


def _folder(words: str) -> Path:
    try:
        folder = Path(words.strip()).expanduser()
        found = bool(words.strip()) and folder.is_dir()
    except (OSError, RuntimeError, ValueError) as error:  # nobody's home, a name too long, a folder of somebody else's
        raise RuleBroken(NO_FOLDER, "folder") from error
    if not found:
        raise RuleBroken(NO_FOLDER, "folder")
    return folder


def _answers(folder: Path) -> list[Path]:
    """The files with answers of central's in a folder."""
    from phb_tui.sync import bundle  # noqa: PLC0415 - seldom

    try:
        return sorted(folder.glob(f"*{bundle.ANSWER}"))
    except OSError as error:  # the stick was pulled out
        raise RuleBroken(NO_FOLDER, "folder") from error


def _name_prefix(session: Session) -> str:
    """Prefix of this laptop's file names: letters and digits that every file system allows."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", enrolment.device_id(session)[:8])
