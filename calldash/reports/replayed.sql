-- The calls of some days one by one, for replaying them: when they began (seconds of the local day), how they went.
-- `$shift` as for arrivals.
SELECT
    day,
    CAST(hour AS INTEGER) * 3600 + (minute(started_at) + $shift) % 60 * 60 + second(started_at) AS begins,
    {inbound} AS is_inbound,
    answered,
    wait_s,
    CASE WHEN {inbound} THEN CASE WHEN {handled} THEN talk_s + coalesce(wrapup_s, 0) END
        ELSE coalesce(wait_s, 0) + coalesce(talk_s, 0) + coalesce(wrapup_s, 0) END AS handled_s,
    {gave_up} AS gave_up,
    client_id
FROM calls
WHERE {counted} AND ({where})
ORDER BY day, begins, call_no
