"""PostgreSQL engine: concurrent transactions, each team's rows protected by row-level security."""

from collections.abc import Callable, Collection, Sequence
from contextlib import nullcontext
from functools import cache
from typing import Any, TypeVar

import psycopg
from psycopg import sql as words
from psycopg_pool import ConnectionPool, PoolTimeout

from phb_tui.central.storage import migrations, postgres_bulk
from phb_tui.central.storage.engine import Transaction, Value
from phb_tui.central.storage.queries import BulkInsert
from phb_tui.errors import CentralBusy, SettingsProblem

T = TypeVar("T")
MAX_ATTEMPTS = 8
POOL_TIMEOUT_SECONDS = 30.0
"""How long a request waits for a connection from the pool before it is answered 503."""
NOT_REACHED = "The database cannot be reached. Check --database and that it is running."
Connection = psycopg.Connection[tuple[Any, ...]]
_READ_COMMITTED, _REPEATABLE_READ = psycopg.IsolationLevel.READ_COMMITTED, psycopg.IsolationLevel.REPEATABLE_READ

_TEAM_IS_NAMED = """
CASE WHEN team_id = (SELECT current_setting('phb.teams', true)) THEN true
ELSE team_id = ANY (string_to_array((SELECT current_setting('phb.teams', true)), ',')) END
"""
"""The condition of the row-level security policy: the row's team is in the setting `phb.teams`. Nearly every
transaction names one team. It is a CASE, which no index can serve, so that the planner never picks an index for the
policy's sake."""

_ROW_LEVEL_SECURITY = f"""
ALTER TABLE {{table}} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {{table}} FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS only_these_teams ON {{table}};
CREATE POLICY only_these_teams ON {{table}} USING ({_TEAM_IS_NAMED}) WITH CHECK ({_TEAM_IS_NAMED});
"""
"""Row-level security: a transaction sees the rows of the teams it named and no others; one that named none sees no
rows."""

_TEAM_NAMES_POLICY = """
DROP POLICY IF EXISTS names_of_teams ON team;
CREATE POLICY names_of_teams ON team FOR SELECT USING (true);
"""
"""The names of all teams are readable by every team: a nurse chooses one to transfer a person to."""


_TEXT_BYTE_ORDER = ' TEXT COLLATE "C"'
"""Text is compared byte by byte, as in SQLite: the operating system's collation may change with its next version and
corrupt the indexes."""

_LIST_REPLACEMENTS = (
    ("among(?)", "(SELECT string_to_array(?, E'\\x1e') AS value OFFSET 0) among"),
    ("= among.value", "= ANY (among.value)"),
    ("each_of(?) CROSS JOIN", "unnest(string_to_array(?, E'\\x1e')) each_of(value) CROSS JOIN LATERAL (SELECT * FROM"),
)
"""PostgreSQL's spelling of `among(?)` and `each_of(?)`. OFFSET 0 hides the list from the planner, which would otherwise
estimate each of its values, and might prefer to scan a whole table that has no statistics yet; around the records it
keeps the planner from reading, of every person of the team, what is asked of a few."""


class PostgresEngine:
    """Runs transactions on a PostgreSQL database.

    Args:
        address: postgresql://...
        max_connections: The size of the connection pool, and so the number of concurrent transactions.

    Raises:
        SettingsProblem: The database cannot be reached, has no tables, or was written by a newer central.
    """

    def __init__(self, address: str, max_connections: int = 8) -> None:
        try:
            with psycopg.connect(address) as connection:  # not by the pool, which would try again and again
                version = _version(connection)
        except psycopg.Error as error:
            raise SettingsProblem(NOT_REACHED) from error
        if version != max(migrations.scripts()):
            raise SettingsProblem("The database needs the tables of this version first. Run: phb-central init")
        self._pool = ConnectionPool(
            address, min_size=1, max_size=max_connections, timeout=POOL_TIMEOUT_SECONDS, open=True, configure=_configure
        )

    def write(self, teams: Collection[str], work: Callable[[Transaction], T]) -> T:
        """See `Engine.write`."""
        return self._transact(_set_teams(tuple(sorted(teams))), work, _READ_COMMITTED)

    def read(self, teams: Collection[str], work: Callable[[Transaction], T]) -> T:
        """See `Engine.read`."""
        # All that a read writes is the request's nonce; losing it in a power cut does no harm.
        first = _set_teams(tuple(sorted(teams))) + _ASYNC_COMMIT
        return self._transact(first, work, _REPEATABLE_READ)

    def close(self) -> None:
        """See `Engine.close`."""
        self._pool.close()

    def _transact(self, first: words.Composed, work: Callable[[Transaction], T], level: psycopg.IsolationLevel) -> T:
        for last in (number == MAX_ATTEMPTS for number in range(1, MAX_ATTEMPTS + 1)):
            try:
                with self._pool.connection() as connection:
                    connection.isolation_level = level
                    with connection.transaction():
                        connection.execute(first)
                        # In a pipeline, statements without a result need no round trip. A read gains nothing by it.
                        with connection.pipeline() if level is _READ_COMMITTED else nullcontext():
                            return work(_PostgresTransaction(connection))
            except (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected) as error:
                if last:
                    raise CentralBusy from error
            except (psycopg.OperationalError, PoolTimeout) as error:
                # The driver's message can contain a row's values, so it is not passed on.
                raise CentralBusy from error
        raise CentralBusy


def make_tables(address: str, role: str = "", parts: int = 0) -> None:
    """Create or migrate the tables as their owner, with row-level security and grants.

    Args:
        address: postgresql://..., as a user who may create tables.
        role: The database user central runs as; it is granted what it needs and nothing more. "" for the users who have
            grants already.
        parts: How many partitions each table has, by team; 0 for no partitioning.

    Raises:
        SettingsProblem: The database cannot be reached, or a newer central wrote it.
    """
    try:
        with psycopg.connect(address) as connection:
            for number, script in migrations.pending(_version(connection)):
                spread = migrations.partitioned(script, parts) if parts else script
                connection.execute(spread.replace(" TEXT", _TEXT_BYTE_ORDER).encode())
                connection.execute(b"CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
                connection.execute("INSERT INTO schema_version VALUES (%s)", [number])
            for table in migrations.table_names():  # also those that an older central protected
                connection.execute(_ROW_LEVEL_SECURITY.format(table=table).encode())
            connection.execute(_TEAM_NAMES_POLICY.encode())
            for user in [role] if role else _users(connection):
                _grant(connection, user)
    except psycopg.OperationalError as error:
        raise SettingsProblem(NOT_REACHED) from error


def _users(connection: Connection) -> list[str]:
    """The users who have grants already and need them for new tables too."""
    found = connection.execute(
        "SELECT DISTINCT grantee FROM information_schema.role_table_grants"
        " WHERE table_schema = current_schema() AND table_name = 'team' AND grantee <> current_user"
    )
    return [str(user) for (user,) in found]


def _grant(connection: Connection, role: str) -> None:
    user = words.Identifier(role)
    for table in migrations.table_names():
        what = "SELECT, INSERT" if table in {"change", "audit"} else "SELECT, INSERT, UPDATE, DELETE"
        connection.execute(words.SQL("GRANT {} ON {} TO {}").format(words.SQL(what), words.Identifier(table), user))
    connection.execute(words.SQL("GRANT SELECT ON schema_version TO {}").format(user))


def _version(connection: Connection) -> int:
    if connection.execute("SELECT to_regclass('schema_version')").fetchone() == (None,):
        return 0
    found = connection.execute("SELECT max(version) FROM schema_version").fetchone()
    return int(found[0]) if found and found[0] else 0


def _configure(connection: Connection) -> None:
    # Every statement has an index; a planner whose statistics are from when a table was small would scan the table.
    connection.execute("SET enable_seqscan = off")
    connection.execute("SET synchronous_commit = on")
    connection.execute("SET statement_timeout = '60s'")
    connection.execute("SET idle_in_transaction_session_timeout = '60s'")
    connection.commit()


@cache
def _set_teams(teams: tuple[str, ...]) -> words.Composed:
    # SET LOCAL and not set_config(): distributed PostgreSQL engines propagate the former only.
    return words.SQL("SET LOCAL phb.teams = {}").format(words.Literal(",".join(teams)))


_ASYNC_COMMIT = words.SQL("; SET LOCAL synchronous_commit = off")


class _PostgresTransaction:
    """One transaction; see `engine.Transaction`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def fetch(self, sql: str, *values: Value | list[str]) -> list[tuple[Any, ...]]:
        cursor = self._execute(sql, values)
        return cursor.fetchall() if sql.startswith("SELECT") or "RETURNING" in sql else []

    def start(self, sql: str, *values: Value | list[str]) -> Callable[[], list[tuple[Any, ...]]]:
        cursor = self._execute(sql, values)
        self._connection.pgconn.flush()  # the server starts on it
        return cursor.fetchall

    def _execute(self, sql: str, values: Sequence[Value | list[str]]) -> psycopg.Cursor[tuple[Any, ...]]:
        plain = [postgres_bulk.RECORD_SEPARATOR.join(value) if isinstance(value, list) else value for value in values]
        # A prepared plan made while the table was small would scan the whole of it later.
        keep_plan = False if "among(?)" in sql else None
        return self._connection.execute(_to_postgres(sql), plain, prepare=keep_plan)

    def fetch_for_update(self, sql: str, *values: Value) -> list[tuple[Any, ...]]:
        return self.fetch(f"{sql} FOR UPDATE", *values)

    def insert_many(self, bulk: BulkInsert, team_id: str, rows: Sequence[Sequence[Value]]) -> None:
        if statement := postgres_bulk.bulk_insert(bulk, team_id, rows):
            self._connection.execute(*statement)
        else:
            self._connection.cursor().executemany(postgres_bulk.single_insert(bulk), [(team_id, *row) for row in rows])
        self._connection.pgconn.flush()  # the server starts on it while the next statement is encoded


@cache
def _to_postgres(sql: str) -> bytes:
    is_each = "each_of(?)" in sql
    for ours, theirs in _LIST_REPLACEMENTS:
        sql = sql.replace(ours, theirs)
    sql = f"{sql} OFFSET 0) found" if is_each else sql
    return sql.replace("?", "%s").encode()
