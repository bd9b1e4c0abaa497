-- The list of people since version 3: found by more than names, whatever the accents; two people of one number are seen.

DROP TRIGGER person_search_insert;
DROP TRIGGER person_search_update;
DROP TRIGGER person_search_delete;
DROP TABLE person_search;
DROP INDEX person_by_name;

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
CREATE TRIGGER person_stale_gone AFTER INSERT ON gone WHEN new.kind = 'person' BEGIN
    INSERT INTO person_stale VALUES (new.team_id, new.record_id);
END;
CREATE TRIGGER person_stale_back AFTER DELETE ON gone WHEN old.kind = 'person' BEGIN
    INSERT INTO person_stale VALUES (old.team_id, old.record_id);
END;

-- Everybody's row is made at the end of the upgrade (phb_tui/store/people/people_index.py).
INSERT INTO person_stale SELECT team_id, record_id FROM record WHERE kind = 'person';
