-- Clients who were missed and not reached since while there is still time: a row each, the most urgent first.
-- `at` and `since` are local time; `total` is how many there are beyond the limit.
WITH open AS (
    SELECT
        call_no AS opener, client_id, client, {state} AS state, started_at AS opened_at, ended_at AS left_at,
        ended_at + to_seconds({callback_window_h} * 3600) AS until, {now} AS at_present
    FROM calls
    WHERE {episode} AND closed_by IS NULL AND {now} < ended_at + to_seconds({callback_window_h} * 3600) AND ({where})
),
missed AS (
    SELECT
        opener, count(*) AS times, max(started_at) AS last_at, max(wait_s) AS wait_s,
        arg_max(line, started_at) AS line, arg_max(queue, started_at) AS queue
    FROM open JOIN calls USING (client_id)
    WHERE {missed} AND started_at BETWEEN opened_at AND until
    GROUP BY opener
),
tried AS (
    SELECT opener, count(*) AS tries
    FROM open JOIN calls USING (client_id)
    WHERE {outbound} AND started_at BETWEEN left_at AND until
    GROUP BY opener
)
SELECT
    client_id, open.client, state, times, wait_s, line, queue, coalesce(tries, 0) AS tries,
    timezone($zone, timezone('UTC', last_at)) AS at,
    timezone($zone, timezone('UTC', left_at)) AS since,
    greatest(CAST(epoch(at_present - left_at) AS INTEGER), 0) AS waiting_s,
    CAST(count(*) OVER () AS INTEGER) AS total
FROM open JOIN missed USING (opener) LEFT JOIN tried USING (opener)
ORDER BY state = 'tried', left_at, opener
LIMIT $limit
