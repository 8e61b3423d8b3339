-- Facts that need a call's neighbours, for the clients in `touched (client_id)`, over their whole history
-- in `neighbours` (columns of `calls`).
-- Parameter: $window (seconds).
-- Result: temporary tables `events`, `inbound` and `episodes`, from which clocks.sql makes the facts.

-- Calls that can be anybody's neighbours, numbered per client in the order of time. Of calls of one instant the id
-- decides; they are few, and ids are long to sort by: their numbers are told anew. `tied`: of the same instant as the
-- call before it.
CREATE OR REPLACE TEMP TABLE events AS
SELECT *, row_number() OVER sorted AS n, coalesce(lag(started_at) OVER sorted = started_at, FALSE) AS tied
FROM (
    SELECT call_no, client_id, started_at, ended_at, direction, answered, team
    FROM neighbours
    WHERE kind = 'voice' AND NOT spam AND direction <> 'internal'
        AND client_id IN (SELECT client_id FROM touched)
)
WINDOW sorted AS (PARTITION BY client_id ORDER BY started_at);

CREATE OR REPLACE TEMP TABLE simultaneous AS
SELECT
    call_no, min(e.n) OVER instant + row_number() OVER (instant ORDER BY id, system) - 1 AS n, e.answered, e.direction,
    e.client_id, e.started_at
FROM events e SEMI JOIN (FROM events WHERE tied) t ON t.client_id = e.client_id AND t.started_at = e.started_at
JOIN neighbours USING (call_no)
WINDOW instant AS (PARTITION BY e.client_id, e.started_at);

UPDATE events SET n = s.n FROM simultaneous s WHERE events.call_no = s.call_no;

CREATE OR REPLACE TEMP TABLE inbound AS
SELECT
    call_no, client_id, n, answered, started_at, ended_at, team,
    lag(started_at) OVER earlier AS previous_at,
    lead(started_at) OVER earlier AS next_at
FROM events
WHERE direction = 'inbound'
WINDOW earlier AS (PARTITION BY client_id ORDER BY n);

-- Of several events of one instant the first that closes, tries or opens is the one with the smallest n.
CREATE OR REPLACE TEMP TABLE outdone AS
SELECT
    call_no,
    row_number() OVER (PARTITION BY client_id, started_at, answered ORDER BY n) > 1 AS as_closer,
    row_number() OVER (PARTITION BY client_id, started_at, direction ORDER BY n) > 1 AS as_attempt,
    row_number() OVER (PARTITION BY client_id, started_at, direction, answered ORDER BY n) > 1 AS as_opener
FROM simultaneous;

-- Every missed call as if it opened an episode: what would close it, who was first to try.
CREATE OR REPLACE TEMP TABLE missed AS
WITH openers AS (
    SELECT call_no, client_id, n, started_at, ended_at AS opened_at, ended_at + to_seconds($window) AS until
    FROM inbound
    WHERE NOT answered
),
closers AS (
    SELECT client_id, started_at, n, direction
    FROM events
    WHERE answered AND client_id IN (SELECT client_id FROM openers)
        AND call_no NOT IN (SELECT call_no FROM outdone WHERE as_closer)
),
attempts AS (
    SELECT client_id, started_at, n
    FROM events
    WHERE direction = 'outbound' AND client_id IN (SELECT client_id FROM openers)
        AND call_no NOT IN (SELECT call_no FROM outdone WHERE as_attempt)
),
closed AS (
    SELECT
        o.*,
        CASE WHEN c.started_at <= o.until THEN c.n END AS closer_n,
        CASE WHEN c.started_at <= o.until THEN c.started_at END AS closed_at,
        CASE WHEN c.started_at <= o.until
            THEN if(c.direction = 'inbound', 'got_through', 'called_back') END AS closed_by
    FROM openers o ASOF LEFT JOIN closers c ON o.client_id = c.client_id AND o.opened_at <= c.started_at
)
SELECT
    m.call_no, m.client_id, m.n, m.started_at, m.until, m.closer_n, m.closed_at, m.closed_by,
    CASE WHEN a.started_at <= m.until AND (m.closer_n IS NULL OR a.n <= m.closer_n) THEN a.started_at
    END AS first_attempt_at
FROM closed m ASOF LEFT JOIN attempts a ON m.client_id = a.client_id AND m.opened_at <= a.started_at;

-- The missed call that would open the next episode: after what closed this one, else after its window.
CREATE OR REPLACE TEMP TABLE following AS
SELECT m.client_id, m.n, x.n AS next_n
FROM missed m ASOF JOIN missed x ON m.client_id = x.client_id AND greatest(m.n, m.closer_n) < x.n
WHERE m.closer_n IS NOT NULL OR m.until < m.started_at
UNION ALL
SELECT m.client_id, m.n, x.n AS next_n
FROM missed m ASOF JOIN (
    FROM missed WHERE call_no NOT IN (SELECT call_no FROM outdone WHERE as_opener)
) x ON m.client_id = x.client_id AND m.until < x.started_at
WHERE m.closer_n IS NULL AND m.until >= m.started_at;

-- Episodes are the missed calls reached from each client's first one.
CREATE OR REPLACE TEMP TABLE episodes AS
WITH RECURSIVE reached AS (
    SELECT client_id, min(n) AS n FROM missed GROUP BY client_id
    UNION ALL
    SELECT f.client_id, f.next_n FROM reached r JOIN following f ON f.client_id = r.client_id AND f.n = r.n
)
SELECT m.call_no, m.first_attempt_at, m.closed_at, m.closed_by
FROM reached r JOIN missed m ON m.client_id = r.client_id AND m.n = r.n;
