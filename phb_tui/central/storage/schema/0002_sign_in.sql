-- Who is who: what the provider that people sign in with calls somebody, and whom of the team that is.
CREATE TABLE sign_in (
    team_id TEXT NOT NULL,
    subject TEXT NOT NULL, -- the provider's name for them
    staff_id TEXT NOT NULL,
    signed_out_at BIGINT NOT NULL, -- milliseconds since 1970; what they were signed in with before is good no more
    PRIMARY KEY (team_id, subject)
);

CREATE INDEX sign_in_by_staff ON sign_in (team_id, staff_id);
