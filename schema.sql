-- The laptop's store. Every page of this file, its journal and its indexes is encrypted (SQLCipher).
-- A new file is made from this script; an older one is brought here by phb_tui/store/upgrades/NNNN_*.sql.
-- team_id leads every key: a laptop may serve several teams and central is partitioned by team.

PRAGMA user_version = 4;

-- Who and what this laptop is: store_id, device_id, team_id, the nurse, central's address and token, the place to return to.
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every record of every kind, as screens show it. Fields are data (phb_tui/content/data/forms), so a kind or a field
-- from a newer version is kept unharmed. `shown` is central's word with this laptop's waiting changes on top; `base` is
-- central's word alone where that is another one. Central's two texts, the values and their origins, are kept as they came
-- (phb_tui/domain/records/record_codec.py). `seq` 0: central has not answered about this record in its present life.
CREATE TABLE record (
    row INTEGER PRIMARY KEY, -- so that person_index keeps its place when the file is compacted
    team_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind <> ''),
    person_id TEXT,
    seq INTEGER NOT NULL DEFAULT 0 CHECK (seq >= 0),
    shown TEXT NOT NULL CHECK (json_valid(shown)),
    conflicts INTEGER NOT NULL DEFAULT 0 CHECK (conflicts >= 0),
    base TEXT CHECK (base IS NULL OR json_valid(base)),
    origins TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(origins)),
    UNIQUE (team_id, record_id)
) STRICT;

CREATE INDEX record_by_person ON record (team_id, person_id, kind);
CREATE INDEX record_in_conflict ON record (team_id, record_id) WHERE conflicts > 0;

-- The list of people: its order, what finds somebody, who looks like somebody else. A row for everybody who is on the list,
-- made from the person's record and those around it (phb_tui/domain/people/search_terms.py) in the transaction that writes them.
CREATE TABLE person_index (
    row INTEGER PRIMARY KEY, -- the row of the person's record, and of what is searched
    team_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    family TEXT NOT NULL,
    given TEXT NOT NULL,
    name TEXT NOT NULL,
    nhs TEXT NOT NULL,
    born TEXT NOT NULL,
    UNIQUE (team_id, record_id)
) STRICT;

CREATE INDEX person_by_name ON person_index (team_id, family, given, record_id);
CREATE INDEX person_by_nhs_number ON person_index (team_id, nhs) WHERE nhs <> '';
CREATE INDEX person_by_whole_name ON person_index (team_id, name, born) WHERE name <> '';
CREATE VIRTUAL TABLE person_search USING fts5 (own, others, numbers, births, prefix = '1 2 3', tokenize = 'unicode61');

-- Whose row in the list has to be made again; empty whenever a transaction ends.
CREATE TABLE person_stale (
    team_id TEXT NOT NULL,
    person_id TEXT NOT NULL
) STRICT;

CREATE TRIGGER person_stale_insert AFTER INSERT ON record
WHEN new.kind IN ('person', 'contact', 'emergency_contact', 'contact_detail') BEGIN
    INSERT INTO person_stale VALUES (new.team_id, iif(new.kind = 'person', new.record_id, coalesce(new.person_id, '')));
END;
CREATE TRIGGER person_stale_update AFTER UPDATE OF shown, kind, person_id ON record
WHEN old.kind IN ('person', 'contact', 'emergency_contact', 'contact_detail')
    OR new.kind IN ('person', 'contact', 'emergency_contact', 'contact_detail') BEGIN
    INSERT INTO person_stale VALUES (old.team_id, iif(old.kind = 'person', old.record_id, coalesce(old.person_id, '')));
    INSERT INTO person_stale VALUES (new.team_id, iif(new.kind = 'person', new.record_id, coalesce(new.person_id, '')));
END;
CREATE TRIGGER person_stale_delete AFTER DELETE ON record
WHEN old.kind IN ('person', 'contact', 'emergency_contact', 'contact_detail') BEGIN
    INSERT INTO person_stale VALUES (old.team_id, iif(old.kind = 'person', old.record_id, coalesce(old.person_id, '')));
END;

-- Records that another team has now; what was in them is not kept here.
CREATE TABLE gone (
    team_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    person_id TEXT,
    seq INTEGER NOT NULL CHECK (seq >= 0),
    to_team TEXT NOT NULL,
    PRIMARY KEY (team_id, record_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER person_stale_gone AFTER INSERT ON gone WHEN new.kind = 'person' BEGIN
    INSERT INTO person_stale VALUES (new.team_id, new.record_id);
END;
CREATE TRIGGER person_stale_back AFTER DELETE ON gone WHEN old.kind = 'person' BEGIN
    INSERT INTO person_stale VALUES (old.team_id, old.record_id);
END;

-- Everything entered on this laptop, in order, without a gap, hash-chained. Never edited but for its outcome; never deleted.
CREATE TABLE change_log (
    team_id TEXT NOT NULL,
    op_no INTEGER NOT NULL CHECK (op_no > 0),
    device_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    person_id TEXT,
    fields TEXT NOT NULL CHECK (json_valid(fields)),
    before TEXT NOT NULL CHECK (json_valid(before)),
    epoch INTEGER NOT NULL CHECK (epoch >= 0),
    seq INTEGER NOT NULL CHECK (seq >= 0),
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    resolves TEXT NOT NULL CHECK (json_valid(resolves)),
    prev TEXT NOT NULL,
    hash TEXT NOT NULL,
    outcome TEXT NOT NULL DEFAULT 'waiting' CHECK (outcome IN ('waiting', 'sent', 'refused')),
    why TEXT NOT NULL DEFAULT '',
    shape INTEGER NOT NULL DEFAULT 1, -- of which form the change is that was hashed (phb_tui/domain/records/changes.py)
    seen_to INTEGER NOT NULL DEFAULT 0, -- somebody saw to it that central kept it aside
    PRIMARY KEY (team_id, op_no)
) STRICT, WITHOUT ROWID;

CREATE INDEX change_waiting ON change_log (team_id, record_id, op_no) WHERE outcome = 'waiting';
CREATE INDEX change_waiting_by_person ON change_log (team_id, person_id) WHERE outcome = 'waiting';
CREATE INDEX change_by_record ON change_log (team_id, record_id, op_no);
CREATE TRIGGER change_log_is_kept BEFORE DELETE ON change_log BEGIN SELECT RAISE (ABORT, 'the change log is never deleted'); END;

-- Values that central held once, so that a field's history also has other people's words.
CREATE TABLE received (
    team_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    name TEXT NOT NULL,
    device_id TEXT NOT NULL,
    op_no INTEGER NOT NULL,
    value TEXT CHECK (value IS NULL OR json_valid(value)),
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (team_id, record_id, name, device_id, op_no)
) STRICT, WITHOUT ROWID;

-- The field being typed in right now. It becomes a change when the field is left, or at the next start after a crash.
CREATE TABLE draft (
    team_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    person_id TEXT,
    value TEXT NOT NULL CHECK (json_valid(value)),
    before TEXT NOT NULL CHECK (json_valid(before)),
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (team_id, record_id, name)
) STRICT, WITHOUT ROWID;

-- How far the exchange has come, for each team, and when it last ended well.
CREATE TABLE exchange (
    team_id TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL DEFAULT 0,
    seq INTEGER NOT NULL DEFAULT 0, -- the cursor: where the next page starts
    chain TEXT NOT NULL DEFAULT '', -- central's hash there; a restored central has another and notices
    last_at TEXT NOT NULL DEFAULT '',
    checksum TEXT NOT NULL DEFAULT '0000000000000000', -- what phb_tui/domain/records/checksum.py makes of the records here
    may_remove INTEGER NOT NULL DEFAULT 0, -- how many people the nurse said may be taken off this laptop
    removed INTEGER NOT NULL DEFAULT 0, -- how many people this exchange has taken off so far
    repair_seq INTEGER, -- how far a repair has come; NULL when none is needed
    repair_chain TEXT NOT NULL DEFAULT '' -- central's hash there
) STRICT, WITHOUT ROWID;

-- A repair gathers everything central has here, beside the records in use, and then puts right what differs.
CREATE TABLE repair (
    team_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    person_id TEXT,
    seq INTEGER NOT NULL,
    shown TEXT NOT NULL,
    origins TEXT NOT NULL,
    gone TEXT NOT NULL,
    conflicts INTEGER NOT NULL,
    PRIMARY KEY (team_id, record_id)
) STRICT, WITHOUT ROWID;

-- The last exchanges, so that the nurse can see what was sent and when.
CREATE TABLE exchanged (
    number INTEGER PRIMARY KEY,
    team_id TEXT NOT NULL,
    at TEXT NOT NULL,
    sent INTEGER NOT NULL,
    received INTEGER NOT NULL,
    bytes_up INTEGER NOT NULL,
    bytes_down INTEGER NOT NULL,
    problem TEXT NOT NULL -- the sentence it ended with; empty when it ended well
) STRICT;
