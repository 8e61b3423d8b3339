-- How many clients' calls came by local day and hour, once for each line, each queue and each source; a call whose
-- line (queue, source) is not known is not counted there.
SELECT
    day,
    CAST(hour AS INTEGER) AS hour,
    CASE grouping(line, queue, source) WHEN 3 THEN 'line' WHEN 5 THEN 'queue' ELSE 'source' END AS breakdown,
    coalesce(line, queue, source) AS value,
    count(*) AS calls
FROM calls
WHERE {inbound} AND ({where})
GROUP BY GROUPING SETS ((day, hour, line), (day, hour, queue), (day, hour, source))
HAVING coalesce(line, queue, source) IS NOT NULL
