-- Whether a person was handed over is asked for every change; nearly none was, so this index is nearly empty.
CREATE INDEX record_gone ON record (team_id, record_id) WHERE gone <> '';
