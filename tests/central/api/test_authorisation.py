"""No word of a team reaches another team, a laptop whose access has ended or a stranger, at any address of central."""

import json
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import httpx2
import pytest

from phb_tui.central.http.limits import Limits
from phb_tui.central.server.factory import build_central
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.storage import queries
from phb_tui.central.storage.repository import Repository, Storage
from phb_tui.domain.records.changes import SyncPosition
from phb_tui.sync import bundle, restore_messages, wire
from phb_tui.sync.protocol import ENROL, PATH, SyncRequest
from phb_tui.sync.restore_messages import PATH as SUCCEED
from phb_tui.sync.restore_messages import Succession
from phb_tui.sync.signing import Message, Signer, new_key, sealing_key
from tests import factories, postgres
from tests.central.client_requests import KEY, PUBLIC, asking, changes, request

SECRET = "SECRETWORDS"
STRANGER = new_key()[0]
FREE = Limits(burst=10_000, unknown_burst=10_000)


@pytest.fixture(scope="module", params=postgres.ENGINES)
def storage(request: pytest.FixtureRequest) -> Iterator[Storage]:
    with postgres.storage_on(request.param) as made:
        yield made


@pytest.fixture(scope="module")
def address(storage: Storage) -> Iterator[str]:
    """North has words in its book, a laptop that may ask and one whose access has ended; south has a laptop."""
    for team, device in (("north", "d0"), ("north", "lost"), ("south", "other")):
        factories.admit(storage, team, device, factories.nurse(device), PUBLIC)
    central = build_central(storage, factories.KEY, limits=FREE)
    central.devices.revoke("north", "lost")
    with serve_in_thread(central) as found:
        with asking(found, "d0") as line:
            line.sync(request("d0", changes("d0", 1, 20, value=SECRET)))
        yield found


def sync_of(team: str, device: str) -> bytes:
    return wire.encode_request(SyncRequest(team, device, SyncPosition(), "", 1, ()))


def enrolment_of(team: str, device: str) -> bytes:
    about = {"team_id": team, "device_id": device, "public_key": PUBLIC, "code": "guessed", "label": "a laptop"}
    return json.dumps(about).encode()


def succession_of(team: str, device: str) -> bytes:
    return restore_messages.encode(Succession(team, device, "new-name", ((1, "0" * 64),)))


def stick_of(team: str, device: str, key: str) -> bytes:
    """A bundle by `key` that says it is this laptop's, and asks for the north's news."""
    to = sealing_key(key).public_key().public_bytes_raw().hex()
    return bundle.seal_bundle(
        bundle.Bundle(team, device, factories.PUBLIC_KEY, to, None, (sync_of("north", device),)), key
    )


def ask(address: str, path: str, body: bytes, signer: Signer | None = None) -> httpx2.Response:
    kind = wire.TYPE if path == PATH else "application/json"
    headers = {"Content-Type": kind, "Content-Encoding": "zstd"} if path == PATH else {"Content-Type": kind}
    message = Message("POST", f"{address}{path}", headers)
    if signer is not None:
        signer.sign(message, body, int(time.time()))
    return httpx2.post(message.url, content=body, headers=message.headers, trust_env=False)


ATTACKS = {
    "south's laptop asks for north": (PATH, sync_of("north", "d0"), Signer("south", "other", KEY)),
    "south's laptop asks for north by its own name": (PATH, sync_of("north", "other"), Signer("south", "other", KEY)),
    "south's laptop signs as one of north's": (PATH, sync_of("north", "other"), Signer("north", "other", KEY)),
    "a stranger signs as north's laptop": (PATH, sync_of("north", "d0"), Signer("north", "d0", STRANGER)),
    "nobody signs": (PATH, sync_of("north", "d0"), None),
    "the lost laptop asks": (PATH, sync_of("north", "lost"), Signer("north", "lost", KEY)),
    "the lost laptop asks as another": (PATH, sync_of("north", "d0"), Signer("north", "lost", KEY)),
    "south's laptop joins north": (ENROL, enrolment_of("north", "other"), Signer("north", "other", KEY)),
    "the lost laptop joins again": (ENROL, enrolment_of("north", "lost"), Signer("north", "lost", KEY)),
    "south's laptop goes on as north's": (SUCCEED, succession_of("north", "d0"), Signer("south", "other", KEY)),
    "south's laptop goes on in north": (SUCCEED, succession_of("north", "other"), Signer("north", "other", KEY)),
    "a stranger goes on as north's": (SUCCEED, succession_of("north", "d0"), Signer("north", "d0", STRANGER)),
    "the lost laptop goes on": (SUCCEED, succession_of("north", "lost"), Signer("north", "lost", KEY)),
    "the lost laptop joins as another": (ENROL, enrolment_of("north", "d0"), Signer("north", "d0", KEY)),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_nobody_else_is_answered(name: str, address: str) -> None:
    """A signature, a name or a code that is not theirs gets a sentence, and nothing of the team's."""
    path, body, signer = ATTACKS[name]
    found = ask(address, path, body, signer)
    assert found.status_code in {401, 403}
    assert found.json()["detail"]
    assert SECRET not in found.text


def test_a_laptop_whose_access_has_ended_is_told_so(address: str) -> None:
    """The lost laptop learns why it is not answered and is told to lock."""
    found = ask(address, PATH, sync_of("north", "lost"), Signer("north", "lost", KEY))
    assert (found.status_code, "has ended" in found.json()["detail"]) == (403, True)
    assert [order["what"] for order in found.json()["orders"]] == ["lock"]


@pytest.mark.parametrize(
    ("team", "device", "own", "says"),
    [
        ("south", "other", True, "may not ask for that team"),
        ("north", "lost", True, "has ended"),
        ("north", "d0", False, ""),
        ("north", "nobody", True, ""),
    ],
)
def test_a_stick_brings_nothing_to_others(
    team: str,
    device: str,
    own: bool,  # noqa: FBT001 - a parameter of a test
    says: str,
    address: str,
) -> None:
    """Whoever hands a file in for another team, or from a lost laptop, takes no record away."""
    key = KEY if own else STRANGER
    found = httpx2.post(f"{address}/stick", files={"file": ("a.phb", stick_of(team, device, key))}, trust_env=False)
    if not says:
        assert (found.status_code, SECRET in found.text) == (403, False)
        return
    answer = bundle.open_answer(found.content, sealing_key(key), factories.PUBLIC_KEY)
    assert answer.replies == ()
    assert says in answer.problem


def test_no_page_shows_a_word_to_a_visitor(address: str) -> None:
    """Every address that can be read, of all that central's document names, has nothing of a team's for a visitor."""
    paths = httpx2.get(f"{address}/openapi.json", trust_env=False).json()["paths"]
    readable = [path for path, operations in paths.items() if "get" in operations]
    assert "/" in readable
    for path in readable:
        there = path.format(team_id="north", device_id="d0", what="lock", token="guessed", request_id="r")
        found = httpx2.get(f"{address}{there}", trust_env=False)
        assert not any(word in found.text for word in (SECRET, "Nurse d0", "Laptop d0")), path


def test_every_address_is_tried_here(address: str) -> None:
    """An address that laptops get in future has to be tried here too; test_page_permissions.py tries people's."""
    paths = httpx2.get(f"{address}/openapi.json", trust_env=False).json()["paths"]
    people = ("/team/", "/sign-out")
    sent_to = {path for path, operations in paths.items() if "post" in operations and not path.startswith(people)}
    assert sent_to == {path for path, _body, _signer in ATTACKS.values()} | {"/stick"}


def test_no_statement_reads_another_team_where_rows_are_guarded(storage: Storage, address: str) -> None:
    """In PostgreSQL each statement that reads, run for south and asking for north, finds nothing."""
    assert address
    if storage.engine.__class__.__name__ != "PostgresEngine":
        pytest.skip("a file has one reader, central itself, and no guards of its own")
    reading = {
        name: words
        for name, words in vars(queries).items()
        if name.isupper() and isinstance(words, str) and words.startswith("SELECT") and "team_id = ?" in words
    }
    for name, words in reading.items():
        values: list[str | list[str]] = ["1" for _ in range(words.count("?"))]
        values[words[: words.index("team_id = ?")].count("?")] = "north"
        if "among(?)" in words or "each_of(?)" in words:
            values[0] = [f"d0-r{number}" for number in range(1, 21)]
        found = storage.read({"south"}, partial(_fetch, words, values))
        # Which teams there are is no secret among them; what is counted is nothing.
        assert found in ([], [(0,)]) or name == "SELECT_TEAM", name


def _fetch(sql: str, values: list[str | list[str]], repository: Repository) -> list[tuple[Any, ...]]:
    return repository._tx.fetch(sql, *values)
