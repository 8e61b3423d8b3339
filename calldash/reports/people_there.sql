-- How many people were on the phones when: a row for each local day and half hour (0 from midnight) with somebody.
-- There is who talked or was rung, and who did so in the half hour before and in the one after. `$shift` as for arrivals.
-- A day of a person is a number of 48 bits, one a half hour: what is set in any leg is set in the day.
WITH legs AS (
    SELECT
        day, employee,
        2 * (hour - (epoch_us(started_at) + 60000000 * $shift) // 3600000000) AS midnight,
        (epoch_us(leg_at) + 60000000 * $shift) // 1800000000 AS first_half,
        (greatest(epoch_us(coalesce(leg_ended_at, leg_at)) - 1000000, epoch_us(leg_at)) + 60000000 * $shift)
            // 1800000000 AS last_half
    FROM leg_rows
    WHERE {person} AND ({where_legs})
),
spans AS (
    SELECT
        day, employee, least(greatest(first_half + midnight, 0), 48) AS first_half,
        least(last_half + midnight + 1, 48) AS end_half
    FROM legs
),
seen AS (
    SELECT
        day, employee,
        bit_or((CAST(1 AS BIGINT) << greatest(end_half, first_half)) - (CAST(1 AS BIGINT) << first_half)) AS halves
    FROM spans
    GROUP BY day, employee
),
filled AS (SELECT day, halves | ((halves << 1) & (halves >> 1)) AS halves FROM seen)
SELECT day, CAST(half AS INTEGER) AS half, count(*) AS people
FROM filled, range(48) AS of_day (half)
WHERE (halves >> half) & 1 = 1
GROUP BY day, half
ORDER BY day, half
