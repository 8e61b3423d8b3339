-- How long missed clients waited by working time: of those tried the working seconds and how many; of each that left
-- without a first attempt (because they got through, their window ended, or "now" came) when it began and ended.
SELECT
    if(first_attempt_at IS NULL, team, NULL) AS team, work_delay_s AS delay_s,
    if(first_attempt_at IS NULL, ended_at, NULL) AS since,
    if(first_attempt_at IS NULL, greatest(ended_at, least(
        coalesce(closed_at, ended_at + to_seconds({callback_window_h} * 3600)),
        ended_at + to_seconds({callback_window_h} * 3600), {now})), NULL) AS until,
    count(*) AS clients
FROM calls
WHERE {episode} AND ({where})
GROUP BY ALL
