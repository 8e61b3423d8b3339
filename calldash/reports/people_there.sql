-- How many people were on the phones when: a row for each local day and half hour (0 from midnight) with somebody.
-- There is who talked or was rung, and who did so in the half hour before and in the one after. `$shift` as for arrivals.
WITH legs AS (
    SELECT
        day, employee,
        CAST(hour AS INTEGER) * 3600 + (minute(started_at) + $shift) % 60 * 60 + second(started_at)
            + date_diff('second', started_at, leg_at) AS begins,
        date_diff('second', leg_at, coalesce(leg_ended_at, leg_at)) AS lasted
    FROM leg_rows
    WHERE {person} AND ({where_legs})
),
spans AS (
    SELECT DISTINCT
        day, employee, greatest(begins // 1800, 0) AS first_half,
        least((begins + greatest(lasted - 1, 0)) // 1800, 47) AS last_half
    FROM legs
),
seen AS (SELECT DISTINCT day, employee, unnest(range(first_half, last_half + 1)) AS half FROM spans),
gaps AS (SELECT *, lead(half) OVER (PARTITION BY day, employee ORDER BY half) - half AS ahead FROM seen),
filled AS (SELECT day, unnest(range(half, half + if(ahead = 2, 2, 1))) AS half FROM gaps)
SELECT day, CAST(half AS INTEGER) AS half, count(*) AS people
FROM filled
GROUP BY day, half
ORDER BY day, half
