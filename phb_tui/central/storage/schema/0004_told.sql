-- How far each laptop had come with central when it had nothing left to send: what it writes afterwards, it writes knowing
-- who was handed over by then.
CREATE TABLE told (
    team_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    seq BIGINT NOT NULL, -- of the team
    PRIMARY KEY (team_id, device_id)
);

-- Whether a team got a person whole is asked only when it is said to get them again; this index is nearly empty.
CREATE INDEX change_that_began ON change (team_id, record_id, seq) WHERE outcome IN ('in part', 'handed over');
