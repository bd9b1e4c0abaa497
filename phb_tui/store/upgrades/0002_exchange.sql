-- What the exchange needs since version 2: central's two texts of a record as they come, handed-over records, repairs.

ALTER TABLE record ADD COLUMN base TEXT CHECK (base IS NULL OR json_valid(base));
ALTER TABLE record ADD COLUMN origins TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(origins));
UPDATE record SET
    base = (SELECT json_group_object(key, json_extract(value, '$.value')) FROM json_each(held)),
    origins = (SELECT json_group_object(f.key, CASE json_array_length(f.value, '$.sides')
        WHEN 0 THEN json_array(f.value ->> 'seq', f.value ->> 'device_id', f.value ->> 'op_no', f.value ->> 'author', f.value ->> 'at')
        ELSE json_array(f.value ->> 'seq', f.value ->> 'device_id', f.value ->> 'op_no', f.value ->> 'author', f.value ->> 'at',
            (SELECT json_group_array(json_array(s.value ->> 'value', s.value ->> 'device_id', s.value ->> 'op_no',
                s.value ->> 'author', s.value ->> 'at', s.value ->> 'seq')) FROM json_each(f.value, '$.sides') s))
        END) FROM json_each(held) f);
ALTER TABLE record DROP COLUMN held;

CREATE TRIGGER person_search_delete AFTER DELETE ON record WHEN old.kind = 'person' BEGIN
    DELETE FROM person_search WHERE rowid = old.row;
END;

CREATE TABLE gone (
    team_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    person_id TEXT,
    seq INTEGER NOT NULL CHECK (seq >= 0),
    to_team TEXT NOT NULL,
    PRIMARY KEY (team_id, record_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE change_log ADD COLUMN shape INTEGER NOT NULL DEFAULT 1;
ALTER TABLE change_log ADD COLUMN seen_to INTEGER NOT NULL DEFAULT 0; -- somebody saw to it that central kept it aside

-- Central has another life since: everything comes again from the first record, and what waits here stays on top.
UPDATE record SET seq = 0;
UPDATE exchange SET epoch = 0, seq = 0, chain = '';
ALTER TABLE exchange ADD COLUMN checksum TEXT NOT NULL DEFAULT '0000000000000000';
ALTER TABLE exchange ADD COLUMN may_remove INTEGER NOT NULL DEFAULT 0;
ALTER TABLE exchange ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE exchange ADD COLUMN repair_seq INTEGER;
ALTER TABLE exchange ADD COLUMN repair_chain TEXT NOT NULL DEFAULT '';

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
