"""Central in operation: storms, logs, counters, readiness, certificates, several processes, and how it ends."""

import io
import json
import os
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
import trustme

from phb_tui.central.http.json_log import ALLOWED_FIELDS, JsonLog
from phb_tui.central.http.limits import Limits
from phb_tui.central.server.factory import build_central
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.server.settings import ServerSettings, check
from phb_tui.central.server.settings_sources import load
from phb_tui.central.storage.postgres import PostgresEngine
from phb_tui.central.storage.repository import Storage
from phb_tui.errors import CentralBusy, CentralRefused, SettingsProblem, SyncProblem
from tests import factories, postgres
from tests.central.client_requests import PUBLIC, TEAM, asking, changes, request

WORDS = "SECRETWORDS"


@pytest.fixture
def storage() -> Iterator[Storage]:
    made = Storage.on_sqlite(None)
    for number in range(20):
        factories.admit(made, TEAM, f"d{number}", factories.nurse(f"d{number}"), PUBLIC)
    yield made
    made.close()


def push(address: str, number: int) -> str:
    try:
        with asking(address, f"d{number % 20}") as line:
            line.sync(request(f"d{number % 20}"))
    except CentralBusy:
        return "busy"
    except SyncProblem as error:
        return type(error).__name__
    return "served"


def test_a_monday_morning_storm_queues_and_everybody_is_served(storage: Storage) -> None:
    """Far more laptops than can be worked on at once all get their answer."""
    central = build_central(storage, factories.KEY, limits=Limits(max_concurrent=2))
    with serve_in_thread(central) as address, ThreadPoolExecutor(60) as crowd:
        found = list(crowd.map(lambda number: push(address, number), range(300)))
    assert found.count("served") == 300


def test_who_finds_the_queue_full_is_told_when_to_come_again(storage: Storage) -> None:
    """When even the queue is full the answer is a sentence and a time, and nothing is a failure."""
    central = build_central(storage, factories.KEY, limits=Limits(max_concurrent=1, max_queued=1))
    with serve_in_thread(central) as address, ThreadPoolExecutor(30) as crowd:
        found = list(crowd.map(lambda number: push(address, number), range(120)))
    assert set(found) <= {"served", "busy"}
    assert found.count("served") > 1


def test_a_laptop_that_asks_without_end_is_slowed_down(storage: Storage) -> None:
    """One laptop in a loop is told to wait, and says so in a sentence."""
    central = build_central(storage, factories.KEY, limits=Limits(burst=5, per_second=0.1))
    with serve_in_thread(central) as address, asking(address, "d0") as line:
        for _ in range(5):
            line.sync(request("d0"))
        with pytest.raises(CentralRefused, match="asks too often"):
            line.sync(request("d0"))
        assert push(address, 1) == "served"


def test_guessing_is_slowed_down(storage: Storage) -> None:
    """An address that asks in vain again and again is told to wait."""
    central = build_central(storage, factories.KEY, limits=Limits(unknown_burst=5, unknown_per_second=0.1))
    with serve_in_thread(central) as address:
        statuses = [httpx2.post(f"{address}/v1/sync", content=b"").status_code for _ in range(10)]
    assert statuses == [401] * 5 + [429] * 5


def test_the_log_holds_nothing_anybody_wrote(storage: Storage) -> None:
    """Whatever is asked, well or badly, no word of it is in the log; its lines have only known members."""
    kept = io.StringIO()
    with serve_in_thread(build_central(storage, factories.KEY, log=JsonLog(kept))) as address:
        with asking(address, "d0") as line:
            line.sync(request("d0", changes("d0", 1, 3, value=WORDS)))
        for path in (f"/{WORDS}", f"/?q={WORDS}", "/v1/sync", "/v1/enrol", "/healthz"):
            httpx2.post(f"{address}{path}", content=WORDS.encode(), headers={"X-Name": WORDS})
            httpx2.get(f"{address}{path}", headers={"User-Agent": WORDS})
    lines = [json.loads(line) for line in kept.getvalue().splitlines()]
    assert len(lines) == 11
    assert WORDS not in kept.getvalue()
    assert {member for line in lines for member in line} <= ALLOWED_FIELDS | {"at"}
    assert lines[0]["team"] == TEAM
    assert (lines[0]["changes"], lines[0]["status"]) == (3, 200)


def test_a_mistake_of_ours_is_answered_with_a_sentence_and_logged_without_words(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error nobody expected is neither a traceback nor its message: the kind and the place are in the log."""
    kept = io.StringIO()
    central = build_central(storage, factories.KEY, log=JsonLog(kept))

    def fail(*_: object) -> None:
        raise ZeroDivisionError(WORDS)

    monkeypatch.setattr(storage, "teams", fail)
    with serve_in_thread(central) as address:
        answer = httpx2.get(f"{address}/readyz")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    mistake = next(json.loads(line) for line in kept.getvalue().splitlines() if "mistake" in line)
    assert mistake["error"] == "ZeroDivisionError"
    assert "fail" in mistake["where"]
    assert mistake["reference"] == answer.json()["reference"]
    assert WORDS not in kept.getvalue() + answer.text


def test_the_log_takes_no_member_it_does_not_know() -> None:
    """Nobody can add words to the log by accident."""
    with pytest.raises(ValueError, match="no member"):
        JsonLog(io.StringIO()).write("x", words="what somebody said")


def test_central_says_whether_it_is_well_and_whether_it_is_ready(storage: Storage) -> None:
    """While the database cannot be used central is alive and not ready."""
    with serve_in_thread(build_central(storage, factories.KEY)) as address:
        well = [httpx2.get(f"{address}{path}").status_code for path in ("/healthz", "/readyz")]
        storage.engine.connection.execute("ALTER TABLE team RENAME TO elsewhere")  # type: ignore[attr-defined]
        ill = [httpx2.get(f"{address}{path}").status_code for path in ("/healthz", "/readyz")]
    assert (well, ill) == ([200, 200], [200, 503])


def test_counters_say_what_happened(storage: Storage) -> None:
    """Answers, bytes, changes and records are counted."""
    with serve_in_thread(build_central(storage, factories.KEY)) as address:
        with asking(address, "d0") as line:
            line.sync(request("d0", changes("d0", 1, 3)))
        page = httpx2.get(f"{address}/metrics").text
    for words in (
        'phb_answers_total{route="/v1/sync",status="200"} 1.0',
        'phb_changes_total{outcome="taken"} 3.0',
        "phb_rows_total 3.0",
        'phb_answer_seconds_count{route="/v1/sync"} 1.0',
    ):
        assert words in page


def test_laptops_reach_central_by_https(storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a certificate that the laptop's system trusts the exchange is encrypted; with another it is refused."""
    authority = trustme.CA()
    pem = tmp_path / "central.pem"
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(pem)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with serve_in_thread(build_central(storage, factories.KEY), certfile=str(pem)) as address:
        assert address.startswith("https://")
        with asking(address, "d0") as stranger, pytest.raises(SyncProblem):
            stranger.sync(request("d0"))
        monkeypatch.setenv(ssl.get_default_verify_paths().openssl_cafile_env, str(tmp_path / "ca.pem"))
        with asking(address, "d0") as line:
            assert line.sync(request("d0", changes("d0", 1, 1))).ack == 1


def settings(database: str, **given: object) -> ServerSettings:
    return load(ServerSettings, {"database": database, "key_file": "k", **given})


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (settings("central.db", host="0.0.0.0"), "--certfile"),  # noqa: S104 - it must be refused
        (settings("central.db", certfile="nowhere.pem"), "is not there"),
        (settings("central.db", workers=2), "PostgreSQL"),
        (settings("central.db", link_for="lee", sign_in="https://p.example", client_id="c"), "--link-for"),
        (settings("postgresql://x/y", link_for="lee", workers=2), "--link-for"),
        (settings("central.db", link_for="lee", public_address="http://central.example.org"), "https"),
    ],
)
def test_what_would_be_unsafe_or_cannot_work_is_refused(settings: ServerSettings, words: str) -> None:
    """An open address without a certificate or one that is not there, several writers of a file, a link that leaks."""
    with pytest.raises(SettingsProblem, match=words):
        check(settings)


@contextmanager
def served(folder: Path, *options: str, environment: dict[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """The command itself, in a process of its own; its address is its first line."""
    command = [sys.executable, "-m", "phb_tui.central", "serve", "--port", "0", "--key-file", str(folder / "c.key")]
    with subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, **(environment or {})},
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.terminate()
            process.communicate(timeout=30)


def address_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().split()[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes otherwise")
def test_ending_in_the_middle_of_a_batch_takes_all_of_it_or_nothing(tmp_path: Path) -> None:
    """Told to end while changes are on their way, central answers first or takes nothing; afterwards all is there."""
    database = tmp_path / "c.db"
    storage = Storage.on_sqlite(database)
    factories.admit(storage, TEAM, "d0", factories.nurse("d0"), PUBLIC)
    storage.close()
    made = changes("d0", 1, 3_000)
    for wait in (0.0, 0.05, 0.15, 0.4):
        with served(tmp_path, "--database", str(database)) as process:
            address = address_of(process)
            told: list[object] = []

            def send(address: str = address, told: list[object] = told) -> None:
                try:
                    with asking(address, "d0") as line:
                        told.append(line.sync(request("d0", made)).ack)
                except SyncProblem:
                    told.append(None)

            sending = threading.Thread(target=send)
            sending.start()
            time.sleep(wait)
            process.send_signal(signal.SIGTERM)
            sending.join()
            assert process.wait(30) in {0, -signal.SIGTERM}
        storage = Storage.on_sqlite(database)
        device = storage.read({TEAM}, lambda repository: repository.device(TEAM, "d0"))
        storage.close()
        assert device
        assert device.last_op in {0, 3_000}
        assert told[0] in {None, device.last_op}


def test_several_processes_serve_one_database(tmp_path: Path) -> None:
    """Two workers answer by one address, count together, and end together without a word."""
    with postgres.database("18") as (_owner, central):
        storage = Storage(PostgresEngine(central))
        for number in range(20):
            factories.admit(storage, TEAM, f"d{number}", factories.nurse(f"d{number}"), PUBLIC)
        storage.close()
        with served(tmp_path, "--workers", "2", environment={"PHB_CENTRAL_DATABASE": central}) as process:
            address = address_of(process)
            with ThreadPoolExecutor(10) as crowd:
                assert set(crowd.map(lambda number: push(address, number), range(100))) == {"served"}
            page = httpx2.get(f"{address}/metrics").text
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
            assert process.stderr
            assert process.stderr.read() == ""
    assert 'phb_answers_total{route="/v1/sync",status="200"} 100.0' in page
