-- Facts that need a call's neighbours, for the clients in `touched (client_id)`, over their whole history
-- in `neighbours` (columns of `calls`).
-- Parameter: $window (seconds).
-- Result: temporary tables `events`, `inbound` and `episodes`, from which clocks.sql makes the facts.

-- Calls that can be anybody's neighbours, numbered per client in the order of time.
CREATE OR REPLACE TEMP TABLE events AS
SELECT
    call_no, client_id, started_at, ended_at, direction, answered, team,
    row_number() OVER (PARTITION BY client_id ORDER BY started_at, id, system) AS n
FROM neighbours
WHERE kind = 'voice' AND NOT spam AND direction <> 'internal'
    AND client_id IN (SELECT client_id FROM touched);

CREATE OR REPLACE TEMP TABLE inbound AS
SELECT
    call_no, client_id, n, answered, started_at, ended_at, team,
    lag(started_at) OVER earlier AS previous_at,
    lead(started_at) OVER earlier AS next_at
FROM events
WHERE direction = 'inbound'
WINDOW earlier AS (PARTITION BY client_id ORDER BY n);

-- Every missed call as if it opened an episode: what would close it, who was first to try.
-- The first of several events of one instant is the one with the smallest n.
CREATE OR REPLACE TEMP TABLE missed AS
WITH openers AS (
    SELECT call_no, client_id, n, ended_at AS opened_at, ended_at + to_seconds($window) AS until
    FROM inbound
    WHERE NOT answered
),
closers AS (
    SELECT client_id, started_at, min(n) AS n, arg_min(direction, n) AS direction
    FROM events WHERE answered GROUP BY client_id, started_at
),
attempts AS (
    SELECT client_id, started_at, min(n) AS n
    FROM events WHERE direction = 'outbound' GROUP BY client_id, started_at
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
    m.call_no, m.client_id, m.n, m.until, m.closer_n, m.closed_at, m.closed_by,
    CASE WHEN a.started_at <= m.until AND (m.closer_n IS NULL OR a.n <= m.closer_n) THEN a.started_at
    END AS first_attempt_at
FROM closed m ASOF LEFT JOIN attempts a ON m.client_id = a.client_id AND m.opened_at <= a.started_at;

-- The missed call that would open the next episode: after what closed this one, else after its window.
CREATE OR REPLACE TEMP TABLE following AS
WITH ends AS (
    SELECT m.client_id, m.n, greatest(m.n, m.closer_n) AS last_n
    FROM missed m WHERE m.closer_n IS NOT NULL
    UNION ALL
    SELECT m.client_id, m.n, greatest(m.n, e.n) AS last_n
    FROM missed m ASOF JOIN (
        SELECT client_id, started_at, max(n) AS n FROM events GROUP BY client_id, started_at
    ) e ON m.client_id = e.client_id AND m.until >= e.started_at
    WHERE m.closer_n IS NULL
)
SELECT e.client_id, e.n, x.n AS next_n
FROM ends e ASOF JOIN missed x ON e.client_id = x.client_id AND e.last_n < x.n;

-- Episodes are the missed calls reached from each client's first one.
CREATE OR REPLACE TEMP TABLE episodes AS
WITH RECURSIVE reached AS (
    SELECT client_id, min(n) AS n FROM missed GROUP BY client_id
    UNION ALL
    SELECT f.client_id, f.next_n FROM reached r JOIN following f ON f.client_id = r.client_id AND f.n = r.n
)
SELECT m.call_no, m.first_attempt_at, m.closed_at, m.closed_by
FROM reached r JOIN missed m ON m.client_id = r.client_id AND m.n = r.n;
