-- What came when: a row for each local day and half hour (0 from midnight) in which there was a call.
-- `$shift`: by how many minutes within the hour the company's clock goes before UTC.
SELECT
    day,
    CAST(hour AS INTEGER) * 2 + CAST((minute(started_at) + $shift) % 60 >= 30 AS INTEGER) AS half,
    count(*) FILTER ({inbound}) AS calls,
    count(*) FILTER ({handled}) AS handled,
    coalesce(sum(talk_s + coalesce(wrapup_s, 0)) FILTER ({handled}), 0) AS handled_s,
    count(wrapup_s) FILTER ({handled}) AS with_wrapup,
    count(*) FILTER ({gave_up}) AS gave_up,
    coalesce(sum(wait_s) FILTER ({inbound}), 0) AS waited_s,
    count(*) FILTER ({outbound}) AS outbound_calls,
    coalesce(sum(coalesce(wait_s, 0) + coalesce(talk_s, 0) + coalesce(wrapup_s, 0)) FILTER ({outbound}), 0) AS outbound_s
FROM calls
WHERE {counted} AND ({where})
GROUP BY day, half
ORDER BY day, half
