-- What came when: a row for each local day and half hour (0 from midnight) in which there was a call.
-- `$shift`: by how many minutes within the hour the company's clock goes before UTC.
-- Calls that count alike are added up first: asking each call for each sum takes twice as long.
WITH alike AS (
    SELECT
        day, hour, (minute(started_at) + $shift) % 60 >= 30 AS late,
        {inbound} AS inbound, {handled} AS handled, {gave_up} AS gave_up, {outbound} AS outbound,
        count(*) AS n, count(wrapup_s) AS wrapups,
        sum(talk_s) AS talk_s, sum(wait_s) AS wait_s, sum(wrapup_s) AS wrapup_s
    FROM calls
    WHERE {counted} AND ({where})
    GROUP BY ALL
)
SELECT
    day,
    CAST(hour AS INTEGER) * 2 + CAST(late AS INTEGER) AS half,
    coalesce(sum(n) FILTER (inbound), 0) AS calls,
    coalesce(sum(n) FILTER (handled), 0) AS handled,
    coalesce(sum(talk_s) FILTER (handled), 0) + coalesce(sum(wrapup_s) FILTER (handled), 0) AS handled_s,
    coalesce(sum(wrapups) FILTER (handled), 0) AS with_wrapup,
    coalesce(sum(n) FILTER (gave_up), 0) AS gave_up,
    coalesce(sum(wait_s) FILTER (inbound), 0) AS waited_s,
    coalesce(sum(n) FILTER (outbound), 0) AS outbound_calls,
    coalesce(sum(wait_s) FILTER (outbound), 0) + coalesce(sum(talk_s) FILTER (outbound), 0)
        + coalesce(sum(wrapup_s) FILTER (outbound), 0) AS outbound_s
FROM alike
GROUP BY day, half
ORDER BY day, half
