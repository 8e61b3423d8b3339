-- Clients who came by what was paid for, by the day of their first call: a row a day with `clients`, and a row a day
-- and delay with how many bought for the first time `after` so many days, and what all sales of that delay earned.
WITH firsts AS (
    SELECT client_id, min(day) AS first_day
    FROM calls
    WHERE {unique} AND {paid} AND ({where})
    GROUP BY client_id
),
sales AS (
    SELECT
        f.first_day, date_diff('day', f.first_day, s.day) AS after, coalesce(CAST({sale_profit} AS DOUBLE), 0) AS profit,
        row_number() OVER (PARTITION BY f.client_id ORDER BY s.day) = 1 AS is_first
    FROM firsts f JOIN spend_rows s ON s.client_id = f.client_id AND s.day >= f.first_day
    WHERE {sale}
)
SELECT first_day, NULL AS after, count(*) AS clients, 0 AS buyers, 0 AS profit FROM firsts GROUP BY first_day
UNION ALL BY NAME
SELECT first_day, after, 0 AS clients, count(*) FILTER (is_first) AS buyers, sum(profit) AS profit
FROM sales
GROUP BY first_day, after
ORDER BY ALL
