-- The list of people since version 4: double names, and letters that are drawn as nothing, make no other name.

-- Everybody's row is made anew at the end of the upgrade (phb_tui/store/people/people_index.py).
INSERT INTO person_stale SELECT team_id, record_id FROM record WHERE kind = 'person';
