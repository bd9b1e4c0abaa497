-- Central's tables, in SQL that SQLite and PostgreSQL both run. team_id leads every key, so that the same tables can be
-- spread by team over many machines; no sequence, no foreign key across teams, no clock in any decision.

-- A team's place in its own history. Its row is locked while changes are taken, so that commits come in the order of seq.
CREATE TABLE team (
    team_id TEXT NOT NULL,
    name TEXT NOT NULL,
    epoch BIGINT NOT NULL, -- grows when central finds it was restored from a backup
    seq BIGINT NOT NULL,
    chain TEXT NOT NULL, -- central's own hash over everything up to seq
    checksum TEXT NOT NULL, -- phb_tui/domain/records/checksum.py over all the team's records
    staffing BIGINT NOT NULL, -- grows when somebody joins, leaves or changes their role
    PRIMARY KEY (team_id)
);

-- Who works in a team, and as what.
CREATE TABLE staff (
    team_id TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (team_id, staff_id)
);

CREATE TABLE device (
    team_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    label TEXT NOT NULL,
    public_key TEXT NOT NULL, -- Ed25519, 32 bytes in hex
    state TEXT NOT NULL, -- active, locked, wiped or revoked
    last_op BIGINT NOT NULL, -- the number of its last change here; the next must be one more
    head TEXT NOT NULL, -- that change's hash
    enrolled_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (team_id, device_id)
);

-- One-time codes with which a laptop joins; only their hashes.
CREATE TABLE code (
    team_id TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    device_id TEXT NOT NULL, -- the laptop that joins again with a new key; empty for a new laptop
    made_by TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT NOT NULL,
    PRIMARY KEY (team_id, code_hash)
);

-- Requests that were answered within the last minutes, so that nobody can send one again.
CREATE TABLE nonce (
    team_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    nonce TEXT NOT NULL,
    at BIGINT NOT NULL, -- seconds since 1970
    PRIMARY KEY (team_id, device_id, nonce)
);

CREATE INDEX nonce_by_age ON nonce (team_id, at);

-- Every change that ever arrived, as it arrived, with what became of it. Appended to, never edited.
CREATE TABLE change (
    team_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    device_id TEXT NOT NULL,
    op_no BIGINT NOT NULL,
    record_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    chain TEXT NOT NULL,
    outcome TEXT NOT NULL,
    why TEXT NOT NULL,
    received_at TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (team_id, seq),
    UNIQUE (team_id, device_id, op_no)
);

-- The latest picture of every record; it could be made again from the changes.
CREATE TABLE record (
    team_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    person_id TEXT,
    seq BIGINT NOT NULL,
    held TEXT NOT NULL, -- phb_tui/domain/records/record_codec.py: the values
    origins TEXT NOT NULL, -- and where each came from
    conflicts BIGINT NOT NULL,
    gone TEXT NOT NULL, -- the team it was handed over to
    PRIMARY KEY (team_id, record_id)
);

CREATE INDEX record_by_seq ON record (team_id, seq);
CREATE INDEX record_by_person ON record (team_id, person_id);

-- Orders to lock, release or wipe a laptop, signed, until the laptop confirms them.
CREATE TABLE device_order (
    team_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    what TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    issued_by TEXT NOT NULL,
    done_at TEXT NOT NULL,
    PRIMARY KEY (team_id, device_id, order_id)
);

-- Who did what at central, chained so that a line cannot be taken out unseen.
CREATE TABLE audit (
    team_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    about TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (team_id, number)
);
