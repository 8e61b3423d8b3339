-- How many inbound calls waited so many seconds, by what came of them; `gave_up`: of the missed, whose client hung up.
SELECT
    wait_s,
    count(*) FILTER (answered) AS answered,
    count(*) FILTER (NOT answered) AS missed,
    count(*) FILTER ({gave_up}) AS gave_up
FROM calls
WHERE {inbound} AND wait_s IS NOT NULL AND ({where})
GROUP BY wait_s
ORDER BY wait_s
