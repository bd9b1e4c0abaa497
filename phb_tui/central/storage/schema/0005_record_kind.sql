-- A decision asks which versions and requests a person has, among thousands of their records.
DROP INDEX record_by_person;
CREATE INDEX record_by_person ON record (team_id, person_id, kind);
