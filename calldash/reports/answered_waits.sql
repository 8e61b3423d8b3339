-- Known waits of answered inbound calls by local day and hour, and by the breakdown `$breakdown` (empty: by none):
-- how many (`whole`), and their sum in seconds (`part`).
SELECT
    day,
    CAST(hour AS INTEGER) AS hour,
    CASE $breakdown WHEN 'queue' THEN queue WHEN 'line' THEN line WHEN 'source' THEN source
        WHEN 'employee' THEN employee END AS value,
    CAST(sum(wait_s) AS DOUBLE) AS part,
    CAST(count(*) AS DOUBLE) AS whole
FROM calls
WHERE {served} AND wait_s IS NOT NULL AND ({where})
GROUP BY ALL
