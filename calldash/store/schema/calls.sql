-- What the store holds. Instants are UTC; day, hour and weekday are the company's local time, fixed at import.

CREATE SEQUENCE IF NOT EXISTS numbers;

CREATE TABLE IF NOT EXISTS meta (name VARCHAR PRIMARY KEY, value VARCHAR);

CREATE TABLE IF NOT EXISTS systems (
    system VARCHAR PRIMARY KEY,
    provider VARCHAR NOT NULL,
    zone VARCHAR NOT NULL,
    live BOOLEAN NOT NULL DEFAULT FALSE,  -- fed without a person: "now" is the clock
    newest_at TIMESTAMP                   -- newest started_at of any kind: "now" where not live
);

CREATE TABLE IF NOT EXISTS imports (
    import_id BIGINT PRIMARY KEY,
    imported_at TIMESTAMP NOT NULL,
    file VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    bytes BIGINT NOT NULL,
    provider VARCHAR NOT NULL,
    system VARCHAR NOT NULL,
    rows_read BIGINT NOT NULL,
    rows_new BIGINT NOT NULL,
    rows_changed BIGINT NOT NULL,
    rows_same BIGINT NOT NULL,
    rows_rejected BIGINT NOT NULL,
    rows_ignored BIGINT NOT NULL,
    calls_written BIGINT NOT NULL,
    first_at TIMESTAMP,
    last_at TIMESTAMP,
    oddities VARCHAR NOT NULL,            -- JSON object: what was odd -> how often
    seconds DOUBLE NOT NULL
);

CREATE TABLE IF NOT EXISTS rejects (
    import_id BIGINT NOT NULL,
    file VARCHAR NOT NULL,
    line BIGINT NOT NULL,
    "column" VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    "values" VARCHAR NOT NULL,            -- JSON object: the places in the reason
    raw VARCHAR NOT NULL
);

-- Rows as providers wrote them. `data` is the line itself where a row is a call, else JSON of its fields.
CREATE TABLE IF NOT EXISTS rows (
    system VARCHAR NOT NULL,
    part VARCHAR NOT NULL,
    key VARCHAR NOT NULL USING COMPRESSION zstd,
    root VARCHAR USING COMPRESSION zstd,  -- rows of one call, or of calls built together, have one root
    refs VARCHAR[],
    client VARCHAR,
    happened_at TIMESTAMP,
    import_id BIGINT NOT NULL,
    line BIGINT NOT NULL,
    data VARCHAR NOT NULL USING COMPRESSION zstd
);

CREATE TABLE IF NOT EXISTS refs (system VARCHAR NOT NULL, ref VARCHAR NOT NULL, root VARCHAR NOT NULL);

CREATE TABLE IF NOT EXISTS clients (client_id INTEGER NOT NULL, client VARCHAR NOT NULL);

CREATE TABLE IF NOT EXISTS calls (
    call_no BIGINT NOT NULL,
    system VARCHAR NOT NULL,
    provider VARCHAR NOT NULL,
    id VARCHAR NOT NULL USING COMPRESSION zstd,  -- nearly all differ: a dictionary of them takes long and saves nothing
    import_id BIGINT NOT NULL,
    content UBIGINT NOT NULL,             -- hash of the values below: tells a changed row from the same one
    started_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP NOT NULL,
    day DATE NOT NULL,
    hour UTINYINT NOT NULL,
    weekday UTINYINT NOT NULL,
    direction ENUM('inbound', 'outbound', 'internal') NOT NULL,
    kind ENUM('voice', 'sms', 'mms', 'data') NOT NULL,
    client_id INTEGER,
    client VARCHAR,
    line VARCHAR,
    employee VARCHAR,
    team VARCHAR,
    queue VARCHAR,
    answered BOOLEAN NOT NULL,
    miss_reason VARCHAR,
    wait_s INTEGER,
    talk_s INTEGER,
    hold_s INTEGER,
    wrapup_s INTEGER,
    cost DECIMAL(18, 6),
    currency VARCHAR,
    destination VARCHAR,
    roaming BOOLEAN,
    recording VARCHAR USING COMPRESSION zstd,
    source VARCHAR,
    medium VARCHAR,
    campaign VARCHAR,
    spam BOOLEAN NOT NULL,
    outcome VARCHAR,
    sale_amount DECIMAL(18, 6),
    tags VARCHAR,
    has_legs BOOLEAN NOT NULL,
    -- facts that need the client's other calls; see facts.sql
    is_unique BOOLEAN,
    is_repeat BOOLEAN,
    next_inbound_at TIMESTAMP,
    is_episode BOOLEAN,
    first_attempt_at TIMESTAMP,
    closed_at TIMESTAMP,
    closed_by VARCHAR,
    -- what people say of the call; see marks.sql
    marked_target BOOLEAN,
    note VARCHAR
);
ALTER TABLE calls ADD COLUMN IF NOT EXISTS marked_target BOOLEAN;
ALTER TABLE calls ADD COLUMN IF NOT EXISTS note VARCHAR;
-- Of an episode, by the clock of working time: when its target ends, and how long the first attempt took.
ALTER TABLE calls ADD COLUMN IF NOT EXISTS due_at TIMESTAMP;
ALTER TABLE calls ADD COLUMN IF NOT EXISTS work_delay_s INTEGER;
-- TRUE where everybody in the queue was talking; see busy.sql
ALTER TABLE calls ADD COLUMN IF NOT EXISTS all_busy BOOLEAN;

CREATE TABLE IF NOT EXISTS legs (
    call_no BIGINT NOT NULL,
    leg_no SMALLINT NOT NULL,
    leg_kind VARCHAR NOT NULL,            -- ring, dial, queue
    employee VARCHAR,
    team VARCHAR,
    queue VARCHAR,
    started_at TIMESTAMP NOT NULL,
    answered_at TIMESTAMP,
    ended_at TIMESTAMP,
    talk_s INTEGER,
    reason VARCHAR,
    reached BOOLEAN NOT NULL              -- the employee picked up this call, in this leg or another
);

-- How long an employee was signed in, and of that on a break, where the phone system reports it.
CREATE TABLE IF NOT EXISTS presence (
    system VARCHAR NOT NULL,
    employee VARCHAR NOT NULL,
    day DATE NOT NULL,
    signed_s INTEGER NOT NULL,
    break_s INTEGER NOT NULL
);

-- Who was rung and who talked: a call that came without legs gives one leg for its employee.
CREATE OR REPLACE VIEW leg_rows AS
SELECT
    c.* EXCLUDE (employee, team, queue),
    l.employee, coalesce(l.team, c.team) AS team, l.queue, l.leg_kind, TRUE AS listed,
    l.answered_at IS NOT NULL AS picked_up, l.reached, l.talk_s AS leg_talk_s, l.reason AS leg_reason,
    l.started_at AS leg_at, l.answered_at AS leg_answered_at, l.ended_at AS leg_ended_at
FROM legs l JOIN calls c ON c.call_no = l.call_no
UNION ALL
SELECT
    c.* EXCLUDE (employee, team, queue),
    c.employee, c.team, c.queue, if(c.direction = 'outbound', 'dial', 'ring') AS leg_kind, FALSE AS listed,
    c.answered AS picked_up, c.answered AS reached, c.talk_s AS leg_talk_s, NULL AS leg_reason,
    c.started_at AS leg_at,
    CASE WHEN c.answered THEN c.started_at + to_seconds(coalesce(c.wait_s, 0)) END AS leg_answered_at,
    c.ended_at AS leg_ended_at
FROM calls c WHERE NOT c.has_legs AND c.employee IS NOT NULL;

-- Days on which an employee's presence is known: what they talked on them, and how long they were there.
CREATE OR REPLACE VIEW presence_rows AS
SELECT l.*, NULL::INTEGER AS there_s
FROM leg_rows l SEMI JOIN presence p ON p.system = l.system AND p.employee = l.employee AND p.day = l.day
UNION ALL BY NAME
SELECT system, employee, day, isodow(day) AS weekday, signed_s - break_s AS there_s FROM presence;
