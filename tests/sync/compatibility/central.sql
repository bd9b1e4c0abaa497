BEGIN TRANSACTION;
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
INSERT INTO "audit" VALUES('north',1,'2026-11-26T09:00:00.000Z','nurse-laptop-1','joined with a laptop','laptop-1','41d1e38dfa4c1297eb5cc33028238e78d1215ed2ed365690ab6c1d3bfea10471');
INSERT INTO "audit" VALUES('north',2,'2026-11-26T09:00:00.000Z','nurse-laptop-2','joined with a laptop','laptop-2','e7ce905ff6b8b33b287e6be1b400719ee196c799fb5e2699b80e5f5ca80bb9ea');
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
INSERT INTO "change" VALUES('north',1,'laptop-1',1,'01a21626-bb42-7728-8e06-2be649f422d8','73335e8592e5f8f671e00a3284a42caa05bd0cb73c715a50eeac78d2fadf01ee','9f503b484103c560892ec87b592e3b32e64beeace46139c392344711d13d52b7','applied','','2026-11-26T09:00:00.000Z','{"at":"2026-11-26T09:00:00.000Z","author":"nurse-laptop-1","before":{"family_name":null,"given_name":null,"nhs_number":null},"device_id":"laptop-1","fields":{"family_name":"Example","given_name":"Ann","nhs_number":"999 000 0018"},"kind":"person","op_no":1,"person_id":"01a21626-bb42-7728-8e06-2be649f422d8","prev":"","record_id":"01a21626-bb42-7728-8e06-2be649f422d8","resolves":[],"seen":{"epoch":0,"seq":0},"shape":2,"team_id":"north"}');
INSERT INTO "change" VALUES('north',2,'laptop-1',2,'01a21626-bb59-725d-b200-97405694aee3','232f4af53254724ade793fedbe604969ab4b7dc5bde6ce8b65209f3cbf6f814a','66c4bd7798b0879612ef9073801c8437db6b1537e7285bbd441fc8eca85a09cb','applied','','2026-11-26T09:00:00.000Z','{"at":"2026-11-26T09:00:00.000Z","author":"nurse-laptop-1","before":{"family_name":null,"given_name":null},"device_id":"laptop-1","fields":{"family_name":"Sample","given_name":"Gwen"},"kind":"person","op_no":2,"person_id":"01a21626-bb59-725d-b200-97405694aee3","prev":"73335e8592e5f8f671e00a3284a42caa05bd0cb73c715a50eeac78d2fadf01ee","record_id":"01a21626-bb59-725d-b200-97405694aee3","resolves":[],"seen":{"epoch":0,"seq":0},"shape":2,"team_id":"north"}');
INSERT INTO "change" VALUES('north',3,'laptop-1',3,'01a21626-bb61-7dd3-9076-7beaafe6e1ba','5aaf6126079431396be57050a77ea97394375c5d96ca03bc87197c4dc6459328','5bb12e10b92086e6272c99616b3c666b3e79ef74955c5e29037b33eba945299d','applied','','2026-11-26T09:00:00.000Z','{"at":"2026-11-26T09:00:00.000Z","author":"nurse-laptop-1","before":{"important":null},"device_id":"laptop-1","fields":{"important":"My garden"},"kind":"about_me","op_no":3,"person_id":"01a21626-bb42-7728-8e06-2be649f422d8","prev":"232f4af53254724ade793fedbe604969ab4b7dc5bde6ce8b65209f3cbf6f814a","record_id":"01a21626-bb61-7dd3-9076-7beaafe6e1ba","resolves":[],"seen":{"epoch":0,"seq":0},"shape":2,"team_id":"north"}');
INSERT INTO "change" VALUES('north',4,'laptop-2',1,'01a21626-bb42-7728-8e06-2be649f422d8','289bb3a0adbb86ae6977c2250eb67f4c53c55f75e551c7adbbf1b68a109cde5d','7b52c83e9ad722c35f15d96a708971ce6bfcabd2a47fcddc1049fd7f06ef3cf1','applied','','2026-11-26T09:00:00.000Z','{"at":"2026-11-26T09:00:00.000Z","author":"nurse-laptop-2","before":{"given_name":"Ann","preferred_name":null},"device_id":"laptop-2","fields":{"given_name":"Anne","preferred_name":"Annie"},"kind":"person","op_no":1,"person_id":"01a21626-bb42-7728-8e06-2be649f422d8","prev":"","record_id":"01a21626-bb42-7728-8e06-2be649f422d8","resolves":[],"seen":{"epoch":1,"seq":3},"shape":2,"team_id":"north"}');
INSERT INTO "change" VALUES('north',5,'laptop-2',2,'01a21626-be63-7b75-b52c-749156fd690b','7929eee7d70e067cb081193c2669a6afaaef19efe2764627dd8080ab1fc48a3d','4f812cb0ccbfb08f0b7a4fa768218d4625f0e168db9c4d133f6f73fd56ef96eb','applied','','2026-11-26T09:00:00.000Z','{"at":"2026-11-26T09:00:00.000Z","author":"nurse-laptop-2","before":{"name":null},"device_id":"laptop-2","fields":{"name":"Siân Sample"},"kind":"contact","op_no":2,"person_id":"01a21626-bb59-725d-b200-97405694aee3","prev":"289bb3a0adbb86ae6977c2250eb67f4c53c55f75e551c7adbbf1b68a109cde5d","record_id":"01a21626-be63-7b75-b52c-749156fd690b","resolves":[],"seen":{"epoch":1,"seq":3},"shape":2,"team_id":"north"}');
INSERT INTO "change" VALUES('north',6,'laptop-1',4,'01a21626-bb42-7728-8e06-2be649f422d8','c5c17fd2678eaf64658b0643633e2cab674ff627cf7631b4b70f1179949001e4','ddbf0640a83155b69ca47317fc983bb360cabf893422aaea2edbd6e3c172335a','conflict','','2026-11-26T09:00:00.000Z','{"at":"2026-11-26T09:00:00.000Z","author":"nurse-laptop-1","before":{"given_name":"Ann"},"device_id":"laptop-1","fields":{"given_name":"Anna"},"kind":"person","op_no":4,"person_id":"01a21626-bb42-7728-8e06-2be649f422d8","prev":"5aaf6126079431396be57050a77ea97394375c5d96ca03bc87197c4dc6459328","record_id":"01a21626-bb42-7728-8e06-2be649f422d8","resolves":[],"seen":{"epoch":1,"seq":3},"shape":2,"team_id":"north"}');
INSERT INTO "change" VALUES('north',7,'laptop-2',3,'01a21626-bed4-7bc6-9c44-d6a48e7472d3','93ba490edb74be3576568303337090e4b2b9bc2e6073e5a7e9ab3084eb2d7c29','3550b9705f15317c81d1c361f4eee31ccc5adb1340362eb7171e851ea6f30e1b','applied','','2026-11-26T09:00:00.000Z','{"at":"2026-11-26T09:00:00.000Z","author":"nurse-laptop-2","before":{"family_name":null,"given_name":null},"device_id":"laptop-2","fields":{"family_name":"Example","given_name":"Zofia"},"kind":"person","op_no":3,"person_id":"01a21626-bed4-7bc6-9c44-d6a48e7472d3","prev":"7929eee7d70e067cb081193c2669a6afaaef19efe2764627dd8080ab1fc48a3d","record_id":"01a21626-bed4-7bc6-9c44-d6a48e7472d3","resolves":[],"seen":{"epoch":1,"seq":5},"shape":2,"team_id":"north"}');
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
INSERT INTO "code" VALUES('north','e52b8511e91de649804c61ea6c7aa1825eff270f39df2483ba2e9058cb969fc5','nurse-laptop-1','laptop-1','lead','2026-11-27T04:39:24.892959+00:00','2026-11-26T09:00:00.000Z');
INSERT INTO "code" VALUES('north','30deffc921100c6048cb67d58a49ba9dcb3b227de697dca2ea8b70d8ff750148','nurse-laptop-2','laptop-2','lead','2026-11-27T04:39:24.892959+00:00','2026-11-26T09:00:00.000Z');
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
INSERT INTO "device" VALUES('north','laptop-1','nurse-laptop-1','Nurse laptop-1''s laptop','41428bf11204814842af036926944700bb4c28010289bab3a2ce1ee34cf00b4d','active',4,'c5c17fd2678eaf64658b0643633e2cab674ff627cf7631b4b70f1179949001e4','2026-11-26T09:00:00.000Z','2026-11-26T09:00:00.000Z');
INSERT INTO "device" VALUES('north','laptop-2','nurse-laptop-2','Nurse laptop-2''s laptop','ef277a809f65d0c589b66e56aa42ba68812eae3a04843516fee8d7020c6f5436','active',3,'93ba490edb74be3576568303337090e4b2b9bc2e6073e5a7e9ab3084eb2d7c29','2026-11-26T09:00:00.000Z','2026-11-26T09:00:00.000Z');
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
CREATE TABLE nonce (
    team_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    nonce TEXT NOT NULL,
    at BIGINT NOT NULL, -- seconds since 1970
    PRIMARY KEY (team_id, device_id, nonce)
);
INSERT INTO "nonce" VALUES('north','laptop-1','w2ILJtTAckx_d7r1SCS5OQ',1795667967);
INSERT INTO "nonce" VALUES('north','laptop-2','Car3xwWxoTjH0eFuqmGnbA',1795667967);
INSERT INTO "nonce" VALUES('north','laptop-2','lm_WGQjjrlzpozT8IWBoeQ',1795667967);
INSERT INTO "nonce" VALUES('north','laptop-1','8Df0-vqzaHbBb76Kc3i-HQ',1795667967);
INSERT INTO "nonce" VALUES('north','laptop-2','7A1nSMtNT9_BkAaY35qvjQ',1795667967);
CREATE TABLE record (
    team_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    person_id TEXT,
    seq BIGINT NOT NULL,
    held TEXT NOT NULL, -- phb_tui/domain/states.py: the values
    origins TEXT NOT NULL, -- and where each came from
    conflicts BIGINT NOT NULL,
    gone TEXT NOT NULL, -- the team it was handed over to
    PRIMARY KEY (team_id, record_id)
);
INSERT INTO "record" VALUES('north','01a21626-bb42-7728-8e06-2be649f422d8','person','01a21626-bb42-7728-8e06-2be649f422d8',6,'{"family_name":"Example","given_name":"Anne","nhs_number":"999 000 0018","preferred_name":"Annie"}','{"family_name":[1,"laptop-1",1,"nurse-laptop-1","2026-11-26T09:00:00.000Z"],"given_name":[4,"laptop-2",1,"nurse-laptop-2","2026-11-26T09:00:00.000Z",[["Anna","laptop-1",4,"nurse-laptop-1","2026-11-26T09:00:00.000Z",6]]],"nhs_number":[1,"laptop-1",1,"nurse-laptop-1","2026-11-26T09:00:00.000Z"],"preferred_name":[4,"laptop-2",1,"nurse-laptop-2","2026-11-26T09:00:00.000Z"]}',1,'');
INSERT INTO "record" VALUES('north','01a21626-bb59-725d-b200-97405694aee3','person','01a21626-bb59-725d-b200-97405694aee3',2,'{"family_name":"Sample","given_name":"Gwen"}','{"family_name":[2,"laptop-1",2,"nurse-laptop-1","2026-11-26T09:00:00.000Z"],"given_name":[2,"laptop-1",2,"nurse-laptop-1","2026-11-26T09:00:00.000Z"]}',0,'');
INSERT INTO "record" VALUES('north','01a21626-bb61-7dd3-9076-7beaafe6e1ba','about_me','01a21626-bb42-7728-8e06-2be649f422d8',3,'{"important":"My garden"}','{"important":[3,"laptop-1",3,"nurse-laptop-1","2026-11-26T09:00:00.000Z"]}',0,'');
INSERT INTO "record" VALUES('north','01a21626-be63-7b75-b52c-749156fd690b','contact','01a21626-bb59-725d-b200-97405694aee3',5,'{"name":"Siân Sample"}','{"name":[5,"laptop-2",2,"nurse-laptop-2","2026-11-26T09:00:00.000Z"]}',0,'');
INSERT INTO "record" VALUES('north','01a21626-bed4-7bc6-9c44-d6a48e7472d3','person','01a21626-bed4-7bc6-9c44-d6a48e7472d3',7,'{"family_name":"Example","given_name":"Zofia"}','{"family_name":[7,"laptop-2",3,"nurse-laptop-2","2026-11-26T09:00:00.000Z"],"given_name":[7,"laptop-2",3,"nurse-laptop-2","2026-11-26T09:00:00.000Z"]}',0,'');
CREATE TABLE sign_in (
    team_id TEXT NOT NULL,
    subject TEXT NOT NULL, -- the provider's name for them
    staff_id TEXT NOT NULL,
    signed_out_at BIGINT NOT NULL, -- milliseconds since 1970; what they were signed in with before is good no more
    PRIMARY KEY (team_id, subject)
);
CREATE TABLE staff (
    team_id TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (team_id, staff_id)
);
INSERT INTO "staff" VALUES('north','nurse-laptop-1','Nurse laptop-1','nurse advisor');
INSERT INTO "staff" VALUES('north','nurse-laptop-2','Nurse laptop-2','nurse advisor');
CREATE TABLE team (
    team_id TEXT NOT NULL,
    name TEXT NOT NULL,
    epoch BIGINT NOT NULL, -- grows when central finds it was restored from a backup
    seq BIGINT NOT NULL,
    chain TEXT NOT NULL, -- central's own hash over everything up to seq
    checksum TEXT NOT NULL, -- phb_tui/domain/checksum.py over all the team's records
    staffing BIGINT NOT NULL, -- grows when somebody joins, leaves or changes their role
    PRIMARY KEY (team_id)
);
INSERT INTO "team" VALUES('north','Team',1,7,'3550b9705f15317c81d1c361f4eee31ccc5adb1340362eb7171e851ea6f30e1b','d7e209bd306949ef',3);
CREATE TABLE told (
    team_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    seq BIGINT NOT NULL, -- of the team
    PRIMARY KEY (team_id, device_id)
);
INSERT INTO "told" VALUES('north','laptop-2',5);
INSERT INTO "told" VALUES('north','laptop-1',3);
CREATE INDEX nonce_by_age ON nonce (team_id, at);
CREATE INDEX record_by_seq ON record (team_id, seq);
CREATE INDEX record_by_person ON record (team_id, person_id);
CREATE INDEX sign_in_by_staff ON sign_in (team_id, staff_id);
CREATE INDEX record_gone ON record (team_id, record_id) WHERE gone <> '';
CREATE INDEX change_that_began ON change (team_id, record_id, seq) WHERE outcome IN ('in part', 'handed over');
COMMIT;
PRAGMA user_version = 4;
