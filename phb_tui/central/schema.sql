-- Central's tables, in SQL that SQLite and PostgreSQL both run. team_id leads every key, so the tables can be
-- partitioned by team; no sequence, no foreign key across teams, no clock in any decision.

CREATE TABLE team (
    team_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    epoch INTEGER NOT NULL DEFAULT 1, -- grows when central finds it was restored from a backup
    seq INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE device (
    team_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    label TEXT NOT NULL,
    token_hash TEXT NOT NULL, -- SHA-256 (hex) of the token; the token itself is only on the laptop
    last_op INTEGER NOT NULL DEFAULT 0,
    head TEXT NOT NULL DEFAULT '', -- the hash of its last change
    PRIMARY KEY (team_id, device_id)
);

-- Every change that ever arrived, with what became of it. Appended to, never edited.
CREATE TABLE change (
    team_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    device_id TEXT NOT NULL,
    op_no INTEGER NOT NULL,
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    person_id TEXT,
    fields TEXT NOT NULL,
    before TEXT NOT NULL,
    seen_epoch INTEGER NOT NULL,
    seen_seq INTEGER NOT NULL,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    resolves TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL,
    chain TEXT NOT NULL, -- central's own hash over everything up to here
    outcome TEXT NOT NULL,
    why TEXT NOT NULL,
    received_at TEXT NOT NULL,
    PRIMARY KEY (team_id, seq),
    UNIQUE (team_id, device_id, op_no)
);

-- The latest picture of every record; it could be made again from the changes.
CREATE TABLE record (
    team_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    person_id TEXT,
    seq INTEGER NOT NULL,
    fields TEXT NOT NULL, -- {name: FieldState}
    PRIMARY KEY (team_id, record_id)
);

CREATE INDEX record_by_seq ON record (team_id, seq);
