-- Clients who were missed and not reached since, a row each, over all lines and phone systems: the oldest first.
-- A missed call is open until an answered call with the client, either way, or until somebody closed the item after it.
-- Instants are UTC. $days: how long clients are kept; $step: the newest step of callbacks that counts.
WITH recent AS (
    SELECT
        call_no, system, id, provider, client_id, client, started_at, ended_at, wait_s, line, queue, team, source,
        if(is_episode, ended_at, started_at) AS open_from, {now} AS at_present
    FROM calls
    WHERE {known} AND NOT answered AND day >= $since AND started_at >= {now} - to_seconds($days * 86400) AND ({where})
),
contacts AS (
    SELECT client_id, max(started_at) AS reached_at
    FROM calls SEMI JOIN recent USING (client_id)
    WHERE {talked} AND day >= $since
    GROUP BY client_id
),
steps AS (
    SELECT b.step_no, b.what, b.who, b.done_at, c.client_id, c.started_at AS missed_at
    FROM callbacks b JOIN calls c ON c.system = b.system AND c.id = b.id
    WHERE b.step_no <= $step
),
closed AS (
    SELECT client_id, max(missed_at) AS closed_to
    FROM (
        SELECT client_id, missed_at FROM steps WHERE what IN ('closed', 'reopened')
        GROUP BY client_id, missed_at HAVING arg_max(what, step_no) = 'closed'
    )
    GROUP BY client_id
),
items AS (
    SELECT
        r.client_id, any_value(client) AS client, count(*) AS times, min(ended_at) AS since, min(started_at) AS first_at,
        max(started_at) AS last_at, list(started_at ORDER BY started_at) AS moments,
        arg_min(at_present, started_at) AS at_present, max(wait_s) AS wait_s,
        arg_max(system, (started_at, call_no)) AS system, arg_max(id, (started_at, call_no)) AS id,
        list(DISTINCT line ORDER BY line) FILTER (line IS NOT NULL) AS lines,
        list(DISTINCT provider ORDER BY provider) AS providers,
        arg_max(queue, started_at) AS queue, arg_max(team, started_at) AS team, arg_max(source, started_at) AS source
    FROM recent r LEFT JOIN contacts USING (client_id) LEFT JOIN closed USING (client_id)
    WHERE (reached_at IS NULL OR reached_at < open_from) AND (closed_to IS NULL OR closed_to < started_at)
    GROUP BY r.client_id
),
tried AS (
    SELECT
        client_id, count(*) AS tries, min(started_at) AS first_try_at, max(started_at) AS last_try_at,
        arg_max(employee, started_at) AS tried_by,
        max(date_diff('second', started_at, ended_at)) AS rang_s
    FROM calls JOIN (SELECT client_id, since FROM items) USING (client_id)
    WHERE {outbound} AND day >= $since AND started_at >= since
    GROUP BY client_id
),
hands AS (
    SELECT client_id, arg_max(what, step_no) AS hand, arg_max(who, step_no) AS taken_by, max(done_at) AS taken_at
    FROM steps JOIN items USING (client_id)
    WHERE what IN ('taken', 'released') AND missed_at >= first_at
    GROUP BY client_id
),
past AS (
    SELECT
        client_id, count(*) FILTER ({talked}) AS talks, count(*) FILTER ({sold}) AS sales,
        CASE WHEN count(DISTINCT currency) FILTER ({sold} AND sale_amount IS NOT NULL) <= 1
            THEN CAST(sum(sale_amount) FILTER ({sold}) AS DOUBLE) END AS sold
    FROM calls SEMI JOIN items USING (client_id)
    GROUP BY client_id
)
SELECT
    items.*, coalesce(tries, 0) AS tries, first_try_at, last_try_at, tried_by, rang_s,
    if(hand = 'taken', taken_by, NULL) AS taken_by, if(hand = 'taken', taken_at, NULL) AS taken_at,
    coalesce(talks, 0) AS talks, coalesce(sales, 0) AS sales, sold,
    CAST(count(*) OVER () AS INTEGER) AS total
FROM items LEFT JOIN tried USING (client_id) LEFT JOIN hands USING (client_id) LEFT JOIN past USING (client_id)
ORDER BY since, client_id
LIMIT $limit
