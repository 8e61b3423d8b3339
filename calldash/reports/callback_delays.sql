-- How long missed clients waited for a first attempt, or until they left without one: because they got through, their
-- window ended, or "now" came. Seconds since the end of the missed call: how many were tried, how many left.
SELECT delay_s, count(*) FILTER (tried) AS tried, count(*) FILTER (NOT tried) AS gone
FROM (
    SELECT
        first_attempt_at IS NOT NULL AS tried,
        CAST(greatest(epoch(coalesce(
            first_attempt_at,
            least(coalesce(closed_at, ended_at + to_seconds({callback_window_h} * 3600)),
                ended_at + to_seconds({callback_window_h} * 3600), {now})
        ) - ended_at), 0) AS INTEGER) AS delay_s
    FROM calls
    WHERE {episode} AND ({where})
)
GROUP BY delay_s
ORDER BY delay_s
