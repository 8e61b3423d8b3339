-- Bursts, as rules know them (`burst_begins`): at least ten short inbound calls (spam too) within ten minutes from one number, or from numbers that differ
-- in their last three digits only; a row for each such beginning and local day. Short: no talk of `$short_s`, and if
-- nobody answered no wait of it. `every` counts all calls of these numbers in that time, short or not.
WITH calling AS (
    SELECT
        left(client, greatest(length(client) - 3, 6)) AS beginning, call_no, client_id, client, started_at, day,
        coalesce(talk_s, 0) < $short_s AND (answered OR coalesce(wait_s, 0) < $short_s) AS is_short
    FROM calls
    WHERE kind = 'voice' AND direction = 'inbound' AND client_id IS NOT NULL AND ({where})
),
marked AS (
    SELECT
        beginning, day, started_at AS ends,
        burst_begins(started_at, call_no, 10, 10, row(beginning, day)) AS begins
    FROM calling
    WHERE is_short
),
spans AS (
    SELECT beginning, day, min(begins) AS begins, max(ends) AS ends
    FROM marked
    WHERE begins IS NOT NULL
    GROUP BY beginning, day
)
SELECT
    s.day,
    s.beginning,
    s.begins,
    s.ends,
    count(*) FILTER (c.is_short) AS calls,
    count(*) AS every,
    list(DISTINCT c.client_id ORDER BY c.client_id) AS clients,
    min(c.client) AS client
FROM spans s JOIN calling c ON c.beginning = s.beginning AND c.started_at BETWEEN s.begins AND s.ends
GROUP BY s.day, s.beginning, s.begins, s.ends
ORDER BY s.begins
