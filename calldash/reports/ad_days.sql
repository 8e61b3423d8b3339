-- What was paid for each day, by source: its cost, what sales of that day earned, and unique target calls.
SELECT
    source, day, CAST(sum({spent}) AS DOUBLE) AS cost,
    coalesce(CAST(sum({sale_profit}) FILTER ({sale}) AS DOUBLE), 0) AS profit,
    count(*) FILTER ({target} AND {unique}) AS targets, count(DISTINCT CASE WHEN {sale} THEN client_id END) AS buyers
FROM spend_rows
WHERE {paid} AND ({where})
GROUP BY source, day
ORDER BY source, day
