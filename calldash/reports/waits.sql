-- How many inbound calls waited so many seconds, by what came of them.
SELECT
    wait_s,
    count(*) FILTER (answered) AS answered,
    count(*) FILTER (NOT answered) AS missed
FROM calls
WHERE {inbound} AND wait_s IS NOT NULL AND ({where})
GROUP BY wait_s
ORDER BY wait_s
