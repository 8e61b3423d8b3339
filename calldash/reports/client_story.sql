-- A part of one client's history over all lines and phone systems, in the order of time; instants end in _local.
-- `event` is what a call was to the client: an attempt is a call of ours while a miss of theirs was open.
WITH own AS (SELECT * FROM calls WHERE client_id = $client_id AND {visible}),
misses AS (
    SELECT ended_at AS opened_at, coalesce(closed_at, ended_at + to_seconds({callback_window_h} * 3600)) AS until
    FROM own WHERE {episode}
),
told AS (
    SELECT
        *, {status} AS state,
        direction = 'outbound' AND EXISTS (SELECT 1 FROM misses WHERE own.started_at BETWEEN opened_at AND until)
            AS is_attempt
    FROM own
)
SELECT
    call_no, employee, queue, line, system, wait_s, talk_s, currency, recording IS NOT NULL AS recorded,
    CASE WHEN {sold} THEN sale_amount END AS sale_amount, {sold} AS is_sold,
    timezone($zone, timezone('UTC', started_at)) AS started_local,
    CASE
        WHEN state IN ('spam', 'message', 'missed') THEN state
        WHEN direction = 'inbound' THEN 'called'
        WHEN is_attempt THEN if(answered, 'called_back', 'tried')
        ELSE if(answered, 'reached', 'unreached')
    END AS event
FROM told
ORDER BY started_at, call_no
LIMIT $most OFFSET $skipped;
