"""Every SQL statement that central runs, for SQLite and PostgreSQL alike.

Each names its team, because tables are partitioned by team; the few that read every team are in `ACROSS_TEAMS`. A test
checks both. Parameters are question marks; `among(?)` and `each_of(?)` stand for a list of values, which each engine
spells its own way. `among` is looked up as a whole, by the first columns of an index; with `each_of` a server looks up
one value after the other, whatever its planner would choose.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, eq=False)
class BulkInsert:
    """Where and how many rows are inserted by one call of `Transaction.insert_many`.

    Attributes:
        table: The table's name.
        columns: Its columns in the order of a row, each with whether it is a number (BIGINT) or text.
        update: The columns to overwrite when the key exists already (upsert); empty makes a duplicate key an error.
        key: The columns of the primary key; needed for an upsert only.
    """

    table: str
    columns: dict[str, bool]
    update: tuple[str, ...] = ()
    key: tuple[str, ...] = ()


_SELECT_TEAM = "SELECT team_id, name, epoch, seq, chain, checksum, staffing FROM team"
SELECT_TEAM = f"{_SELECT_TEAM} WHERE team_id = ?"
SELECT_TEAMS = f"{_SELECT_TEAM} ORDER BY name"
INSERT_TEAM = "INSERT INTO team (team_id, name, epoch, seq, chain, checksum, staffing) VALUES (?, ?, 1, 0, '', ?, 1)"
UPDATE_TEAM = "UPDATE team SET epoch = ?, seq = ?, chain = ?, checksum = ? WHERE team_id = ?"

SELECT_STAFF = "SELECT staff_id, name, role FROM staff WHERE team_id = ? ORDER BY name"
SELECT_STAFF_MEMBER = "SELECT staff_id, name, role FROM staff WHERE team_id = ? AND staff_id = ?"
UPSERT_STAFF = (
    "INSERT INTO staff (team_id, staff_id, name, role) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (team_id, staff_id) DO UPDATE SET name = excluded.name, role = excluded.role"
)
DELETE_STAFF = "DELETE FROM staff WHERE team_id = ? AND staff_id = ?"
INCREMENT_EPOCH = "UPDATE team SET epoch = epoch + 1 WHERE team_id = ?"
INCREMENT_ROSTER_VERSION = "UPDATE team SET staffing = staffing + 1 WHERE team_id = ?"

INSERT_SIGN_IN = "INSERT INTO sign_in (team_id, subject, staff_id, signed_out_at) VALUES (?, ?, ?, 0)"
DELETE_SIGN_INS = "DELETE FROM sign_in WHERE team_id = ? AND staff_id = ?"
UPDATE_SIGNED_OUT_AT = "UPDATE sign_in SET signed_out_at = ? WHERE team_id = ? AND subject = ?"
SELECT_SUBJECTS = "SELECT staff_id, subject FROM sign_in WHERE team_id = ? ORDER BY staff_id"
SELECT_MEMBERSHIP = (
    "SELECT s.staff_id, s.name, s.role, i.signed_out_at FROM sign_in i"
    " JOIN staff s ON s.team_id = i.team_id AND s.staff_id = i.staff_id WHERE i.team_id = ? AND i.subject = ?"
)
SELECT_MEMBERSHIPS = (
    "SELECT i.team_id, s.staff_id, s.name, s.role, i.signed_out_at FROM sign_in i"
    " JOIN staff s ON s.team_id = i.team_id AND s.staff_id = i.staff_id WHERE i.subject = ? ORDER BY i.team_id"
)

_SELECT_DEVICE = (
    "SELECT d.team_id, d.device_id, d.staff_id, d.label, d.public_key, d.state, d.last_op, d.head, d.enrolled_at,"
    " d.seen_at, coalesce(s.role, '') FROM device d"
    " LEFT JOIN staff s ON s.team_id = d.team_id AND s.staff_id = d.staff_id"
)
SELECT_DEVICE = f"{_SELECT_DEVICE} WHERE d.team_id = ? AND d.device_id = ?"
SELECT_DEVICES = f"{_SELECT_DEVICE} WHERE d.team_id = ? ORDER BY d.label, d.device_id"
INSERT_DEVICE = (
    "INSERT INTO device (team_id, device_id, staff_id, label, public_key, state, last_op, head, enrolled_at, seen_at)"
    " VALUES (?, ?, ?, ?, ?, 'active', 0, '', ?, '')"
)
UPDATE_DEVICE_KEY = "UPDATE device SET public_key = ?, state = 'active' WHERE team_id = ? AND device_id = ?"
UPDATE_DEVICE = "UPDATE device SET last_op = ?, head = ?, seen_at = ? WHERE team_id = ? AND device_id = ?"
UPDATE_DEVICE_STATE = "UPDATE device SET state = ? WHERE team_id = ? AND device_id = ?"

INSERT_CODE = (
    "INSERT INTO code (team_id, code_hash, staff_id, device_id, made_by, expires_at, used_at)"
    " VALUES (?, ?, ?, ?, ?, ?, '')"
)
SELECT_CODE = "SELECT staff_id, device_id, expires_at, used_at FROM code WHERE team_id = ? AND code_hash = ?"
UPDATE_CODE_USED = "UPDATE code SET used_at = ? WHERE team_id = ? AND code_hash = ?"
UPDATE_STAFF_CODES_USED = "UPDATE code SET used_at = ? WHERE team_id = ? AND used_at = '' AND staff_id = ?"

INSERT_NONCE = (
    "INSERT INTO nonce (team_id, device_id, nonce, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING at"
)
SELECT_OLD_NONCES = "SELECT at FROM nonce WHERE team_id = ? AND at < ? ORDER BY at LIMIT ?"
DELETE_NONCES = "DELETE FROM nonce WHERE team_id = ? AND at <= ?"

SELECT_HASHES = (
    "SELECT op_no, hash, outcome, why FROM change WHERE team_id = ? AND device_id = ? AND op_no BETWEEN ? AND ?"
)
SELECT_LAST_CHANGE = "SELECT op_no, hash FROM change WHERE team_id = ? AND device_id = ? ORDER BY op_no DESC LIMIT 1"
SELECT_TEXTS_ABOUT = "SELECT body FROM change WHERE team_id = ? AND device_id = ? AND record_id = ? ORDER BY op_no DESC"
SELECT_CHAIN = "SELECT chain FROM change WHERE team_id = ? AND seq = ?"
SELECT_MOMENTS = "SELECT seq, chain, received_at FROM change WHERE team_id = ? AND seq IN (?, ?)"
_SELECT_CHANGE = "SELECT seq, received_at, device_id, op_no, outcome, why, body FROM change"
SELECT_LATEST_CHANGES = f"{_SELECT_CHANGE} WHERE team_id = ? ORDER BY seq DESC LIMIT ?"
SELECT_QUARANTINED_CHANGES = f"{_SELECT_CHANGE} WHERE team_id = ? AND outcome = 'refused' ORDER BY seq DESC LIMIT ?"
INSERT_CHANGES = BulkInsert(
    "change",
    {
        "team_id": False, "seq": True, "device_id": False, "op_no": True, "record_id": False, "hash": False,
        "chain": False, "outcome": False, "why": False, "received_at": False, "body": False,
    },
)  # fmt: skip

SELECT_CONFIRMED_SEQ = "SELECT seq FROM told WHERE team_id = ? AND device_id = ?"
UPSERT_CONFIRMED_SEQ = (
    "INSERT INTO told (team_id, device_id, seq) VALUES (?, ?, ?)"
    " ON CONFLICT (team_id, device_id) DO UPDATE SET seq = excluded.seq WHERE excluded.seq > told.seq"
)
SELECT_LAST_TRANSFER_OUTCOME = (
    "SELECT outcome FROM change WHERE team_id = ? AND record_id = ? AND outcome IN ('in part', 'handed over')"
    " ORDER BY seq DESC LIMIT 1"
)

_RECORD_COLUMNS = "record_id, kind, person_id, seq, held, origins, gone, conflicts"
_SELECT_RECORD = f"SELECT {_RECORD_COLUMNS} FROM record"  # noqa: S608 - constants
# CROSS JOIN keeps one index look-up for each id; a planner free to choose may scan every record of the team.
SELECT_RECORDS = (
    f"SELECT {_RECORD_COLUMNS} FROM among(?) CROSS JOIN record WHERE team_id = ? AND record_id = among.value"  # noqa: S608
)
SELECT_TRANSFERRED = (
    "SELECT record_id, gone FROM among(?) CROSS JOIN record"
    " WHERE team_id = ? AND record_id = among.value AND gone <> ''"
)
SELECT_IDS_OF_PEOPLE = (
    "SELECT person_id, kind, record_id, seq FROM each_of(?) CROSS JOIN record"
    " WHERE team_id = ? AND person_id = each_of.value AND kind IN (?, ?)"
)
SELECT_RECORDS_AFTER = f"{_SELECT_RECORD} WHERE team_id = ? AND seq > ? ORDER BY seq LIMIT ?"
SELECT_RECORDS_AT = f"{_SELECT_RECORD} WHERE team_id = ? AND seq = ?"
SELECT_RECORDS_OF_PERSON = f"{_SELECT_RECORD} WHERE team_id = ? AND person_id = ?"
SELECT_RECORDS_OF_KIND = f"{_SELECT_RECORD} WHERE team_id = ? AND kind = ? AND gone = '' ORDER BY record_id"
SELECT_RECORDS_IN_CONFLICT = f"{_SELECT_RECORD} WHERE team_id = ? AND conflicts > 0 AND gone = '' ORDER BY record_id"
COUNT_RECORDS_OF_KIND = "SELECT count(*) FROM record WHERE team_id = ? AND gone = '' AND kind = ?"
COUNT_PEOPLE_WITH_KIND = "SELECT count(DISTINCT person_id) FROM record WHERE team_id = ? AND gone = '' AND kind = ?"
INSERT_RECORDS = BulkInsert(
    "record",
    {
        "team_id": False, "record_id": False, "kind": False, "person_id": False, "seq": True, "held": False,
        "origins": False, "gone": False, "conflicts": True,
    },
)  # fmt: skip
UPSERT_RECORDS = replace(
    INSERT_RECORDS, update=("seq", "held", "origins", "gone", "conflicts"), key=("team_id", "record_id")
)

INSERT_COMMAND = (
    "INSERT INTO device_order (team_id, device_id, order_id, what, issued_at, issued_by, done_at)"
    " VALUES (?, ?, ?, ?, ?, ?, '')"
)
SELECT_PENDING_COMMANDS = (
    "SELECT order_id, what, issued_at FROM device_order WHERE team_id = ? AND device_id = ? AND done_at = ''"
    " ORDER BY issued_at, order_id"
)
UPDATE_COMMAND_DONE = "UPDATE device_order SET done_at = ? WHERE team_id = ? AND device_id = ? AND order_id = ?"

SELECT_LAST_AUDIT = "SELECT number, hash FROM audit WHERE team_id = ? ORDER BY number DESC LIMIT 1"
INSERT_AUDIT = "INSERT INTO audit (team_id, number, at, who, what, about, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
SELECT_AUDIT = "SELECT number, at, who, what, about, hash FROM audit WHERE team_id = ? ORDER BY number"


def select_all(table: str, columns: dict[str, bool]) -> str:
    """The statement that reads every row of one team in a table, for a backup."""
    return f"SELECT {', '.join(columns)} FROM {table} WHERE team_id = ?"  # noqa: S608 - names of ours


BULK_INSERTS = (INSERT_CHANGES, INSERT_RECORDS, UPSERT_RECORDS)

ACROSS_TEAMS = {SELECT_TEAMS, SELECT_MEMBERSHIPS}
"""Statements that read every team: the administrator's list of teams, and the teams of somebody who signs in."""
