"""What only a real PostgreSQL can show: writers that overlap, and rows that guard themselves."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

import psycopg
import pytest

from phb_tui.central.exchange.sync_service import SyncService
from phb_tui.central.server.factory import build_central
from phb_tui.central.storage import queries
from phb_tui.central.storage.engine import Transaction
from phb_tui.central.storage.migrations import table_names
from phb_tui.central.storage.postgres import PostgresEngine, _configure, _to_postgres, make_tables
from phb_tui.central.storage.repository import Storage
from phb_tui.domain.records.changes import Change, SyncPosition
from phb_tui.domain.records.record_codec import Row
from phb_tui.errors import CentralBusy, SettingsProblem
from phb_tui.sync.protocol import SyncReply, SyncRequest
from tests import counts, factories, postgres

ENGINES = [engine for engine in postgres.ENGINES if engine != "sqlite"]
WRITERS, BATCH = 50, 50
BATCHES = counts.WRITES // (WRITERS * BATCH)


@pytest.fixture(params=ENGINES)
def addresses(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """A database: the addresses of its owner and of central."""
    version, _, parts = str(request.param).removeprefix("postgres ").partition(" in ")
    with postgres.database(version, int(parts.split()[0]) if parts else 0) as found:
        yield found


def texts(device: str, team_id: str, first: int, prev: str, count: int) -> tuple[list[bytes], str]:
    found = []
    for op_no in range(first, first + count):
        change = Change(
            team_id, device, "answer", f"{device}-{op_no % 7}", "p", {"words": f"{op_no}"}, {}, SyncPosition(),
            f"nurse-{device}", "now", op_no=op_no, prev=prev,
        )  # fmt: skip
        prev = change.hash
        found.append(change.text.encode())
    return found, prev


class Crowd:
    """Laptops that write in one team all at once, and readers that follow by the cursor alone."""

    def __init__(self, service: SyncService) -> None:
        self._service = service
        self._over = threading.Event()
        self.problems: list[BaseException] = []
        self.seen: list[dict[str, int]] = [{}, {}]

    def run(self, names: list[str]) -> None:
        """Let everybody write and read until all is written and read."""
        readers = [threading.Thread(target=self._safely, args=(self._follow, found)) for found in self.seen]
        writers = [threading.Thread(target=self._safely, args=(self._write, name)) for name in names]
        for thread in (*readers, *writers):
            thread.start()
        for thread in writers:
            thread.join()
        self._over.set()
        for thread in readers:
            thread.join()

    def _safely(self, work: Callable[..., None], *values: object) -> None:
        try:
            work(*values)
        except BaseException as error:  # noqa: BLE001 - told in the test's own thread
            self.problems.append(error)

    def _write(self, name: str) -> None:
        prev = ""
        for batch in range(BATCHES):
            first = batch * BATCH + 1
            made, prev = texts(name, "t", first, prev, BATCH)
            assert (
                self._sync(SyncRequest("t", name, SyncPosition(), "", first, tuple(made), page=1)).ack
                == first + BATCH - 1
            )

    def _follow(self, found: dict[str, int]) -> None:
        cursor, chain = SyncPosition(), ""
        while True:
            ended = self._over.is_set()
            reply = self._sync(SyncRequest("t", "reader", cursor, chain, 1, (), page=200_000))
            assert all(row.seq > cursor.seq for row in reply.rows)
            found |= {row.record_id: row.seq for row in reply.rows}
            cursor, chain = reply.cursor, reply.chain
            if ended and not reply.more:
                return

    def _sync(self, request: SyncRequest) -> SyncReply:
        while True:
            try:
                return self._service.sync(request)
            except CentralBusy:
                time.sleep(0.01)


@pytest.mark.parametrize("addresses", ["postgres 18"], indirect=True)
def test_a_cursor_misses_nothing_while_fifty_laptops_write(addresses: tuple[str, str]) -> None:
    """50 writers in one team, readers following, and somebody's transaction left open: 0 of all changes are missed."""
    owner, central = addresses
    storage = Storage(PostgresEngine(central, max_connections=12))
    names = [f"w{number}" for number in range(WRITERS)]
    for name in (*names, "reader"):
        factories.admit(storage, "t", name, factories.nurse(name))
    crowd = Crowd(SyncService(storage, lambda: datetime.now(UTC), factories.KEY, factories.LAW))
    with psycopg.connect(owner) as forgotten:
        forgotten.execute("CREATE TEMP TABLE forgotten AS SELECT 1")  # it has a number of its own, and stays open
        crowd.run(names)
        forgotten.rollback()
    assert crowd.problems == []
    (team,) = storage.teams()
    there = {row.record_id: row.seq for row in storage.read({"t"}, lambda found: found.rows_after("t", 0, 1_000_000))}
    storage.close()
    assert team.seq == WRITERS * BATCHES * BATCH == counts.WRITES
    assert crowd.seen == [there, there], "a reader missed a record"


def _count(words: str, team_id: str, run: Transaction) -> int:
    ((found,),) = run.fetch(words, team_id)
    return int(found)


def test_rows_of_another_team_do_not_exist_for_a_transaction(addresses: tuple[str, str]) -> None:
    """Whatever a statement says, it sees and changes the teams its transaction named and no other."""
    _owner, central = addresses
    engine = PostgresEngine(central)
    storage = Storage(engine)
    for team_id in ("mine", "theirs"):
        factories.admit(storage, team_id, "d", factories.nurse("d"))
        made, _ = texts("d", team_id, 1, "", 3)
        request = SyncRequest(team_id, "d", SyncPosition(), "", 1, tuple(made))
        build_central(storage, factories.KEY).sync.sync(request)
    for table in table_names():
        words = f"SELECT count(*) FROM {table} WHERE team_id = ?"  # noqa: S608 - the tables' own names
        if table != "team":
            assert engine.read(["mine"], partial(_count, words, "theirs")) == 0
            assert engine.read([], partial(_count, words, "mine")) == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        engine.write(["mine"], lambda run: run.fetch(queries.UPSERT_STAFF, "theirs", "x", "X", "team lead"))
    engine.write(["mine"], lambda run: run.fetch(queries.UPDATE_TEAM, 9, 9, "", "", "theirs"))
    assert [team.epoch for team in storage.teams()] == [1, 1]
    storage.close()


@pytest.mark.parametrize("words", ["DELETE FROM change", "UPDATE change SET body = ''", "DELETE FROM audit"])
def test_what_is_appended_cannot_be_changed_by_central_itself(words: str, addresses: tuple[str, str]) -> None:
    """The log and the audit can be added to, and nothing else, by the user central runs as."""
    engine = PostgresEngine(addresses[1])
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        engine.write(["t"], lambda run: run.fetch(words))
    engine.close()


def test_every_statement_reads_one_part_of_a_divided_table() -> None:
    """Where tables are divided by team, each statement goes to one part, as it would to one machine."""
    if "postgres 15 in 4 parts" not in ENGINES:
        pytest.skip("needs PostgreSQL 15, which the project's check installs")
    with postgres.database("15", 4) as (owner, _central), psycopg.connect(owner) as connection:
        for name, words in vars(queries).items():
            if (
                not isinstance(words, str)
                or name.startswith("_")
                or not name.isupper()
                or words in queries.ACROSS_TEAMS
            ):
                continue
            spelt = _to_postgres(words).decode().replace("%s", "?")
            values = ["north" if part == 0 else "1" for part in range(spelt.count("?"))]
            if not words.startswith("INSERT"):
                values = _team_first(words, values)
            plan = "\n".join(row[0] for row in connection.execute(
                f"EXPLAIN {_filled(spelt, values)}".encode()
            ).fetchall())  # fmt: skip
            connection.rollback()
            for table in table_names():
                parts = set(re.findall(rf" on {table}_(\d)", plan))
                assert len(parts) <= 1, f"{name} looks at parts {parts} of {table}"


LOOK_UPS = {
    "SELECT_RECORDS": (["t"], "record_id = ANY"),
    "SELECT_IDS_OF_PEOPLE": (["t", "answer", "alert"], "person_id = each_of.value)"),
}
"""Statements with a list: their other values, and what the index has to be asked for beside the team."""


@pytest.mark.parametrize("looked_at", [False, True])
@pytest.mark.parametrize("name", LOOK_UPS)
def test_records_are_looked_up_by_their_keys(name: str, looked_at: bool, addresses: tuple[str, str]) -> None:  # noqa: FBT001
    """However many are looked up, and whether or not PostgreSQL has looked at the table, it goes by the key."""
    owner, central = addresses
    engine = PostgresEngine(central)
    rows = [Row(f"r{number}", "answer", f"p{number // 50}", number, "x" * 600, "{}") for number in range(5_000)]
    Storage(engine).write({"t"}, lambda repository: repository.add_rows("t", rows))
    if looked_at:
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE record")
    engine.close()
    letter, count = ("r", 4_000) if name == "SELECT_RECORDS" else ("p", 80)
    ids = "\x1e".join(f"{letter}{number}" for number in range(0, count, 2))
    others, condition = LOOK_UPS[name]
    with psycopg.connect(central) as connection:
        _configure(connection)
        connection.execute("SET phb.teams = 't'")
        plan = connection.execute(b"EXPLAIN " + _to_postgres(getattr(queries, name)), [ids, *others]).fetchall()
    assert any(f"Index Cond: ((team_id = 't'::text) AND ({condition}" in line for (line,) in plan)


def test_words_are_in_order_of_their_bytes_whatever_the_system_says(addresses: tuple[str, str]) -> None:
    """Every text is in the order that SQLite has too and that no new version of a system can change."""
    owner, _central = addresses
    with psycopg.connect(owner) as connection:
        found = connection.execute(
            "SELECT DISTINCT collation_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND data_type = 'text'"
        ).fetchall()
    assert found == [("C",)]


def test_an_older_database_gets_the_guards_of_this_version(addresses: tuple[str, str]) -> None:
    """Bringing a database up to date makes its guards what a new one's are."""
    owner, _central = addresses
    asked = "SELECT tablename, policyname, qual, with_check FROM pg_policies ORDER BY 1, 2"
    with psycopg.connect(owner) as connection:
        before = connection.execute(asked).fetchall()
        connection.execute("DROP POLICY only_these_teams ON record")
        connection.execute("CREATE POLICY only_these_teams ON record USING (team_id = 'x')")
        connection.execute("DROP POLICY only_these_teams ON change")
        connection.commit()
        make_tables(owner)
        assert connection.execute(asked).fetchall() == before


def _team_first(words: str, values: list[str]) -> list[str]:
    """The values with the team where the statement has its team."""
    before = words[: words.index("team_id = ?", words.index("WHERE"))].count("?")
    return ["north" if place == before else "1" for place in range(len(values))]


def _filled(words: str, values: list[str]) -> str:
    for value in values:
        words = words.replace("?", f"'{value}'", 1)
    return words


def test_a_database_without_tables_says_what_to_do() -> None:
    """Nobody has to guess which command comes first."""
    root = postgres.server("18")
    with pytest.raises(SettingsProblem, match="phb-central init"):
        PostgresEngine(root)


def test_a_database_that_is_not_there_says_so() -> None:
    """A wrong address is a sentence and no traceback."""
    with pytest.raises(SettingsProblem, match="cannot be reached"):
        PostgresEngine("postgresql://nobody@127.0.0.1:9/none?connect_timeout=1")
