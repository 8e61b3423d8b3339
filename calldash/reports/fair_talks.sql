-- The talks of a known length of each employee in each cell of direction, hour and queue: how many, their seconds and
-- these squared. A call counts once an employee, in the queue from which it reached them first.
WITH pairs AS (
    SELECT
        employee, any_value(direction) AS direction, any_value(hour) AS hour, arg_min(queue, leg_at) AS queue,
        sum(leg_talk_s) FILTER ({took}) AS talk_s
    FROM leg_rows
    WHERE listed AND {person} AND ({where_legs})
    GROUP BY call_no, employee
    HAVING sum(leg_talk_s) FILTER ({took}) IS NOT NULL
),
cells AS (
    SELECT
        employee, direction, hour, queue, count(*) AS talks, sum(talk_s) AS talk_s,
        sum(CAST(talk_s AS DOUBLE) * talk_s) AS talk_squares
    FROM pairs
    GROUP BY ALL
    UNION ALL
    SELECT
        employee, direction, hour, queue, count(*) AS talks, sum(leg_talk_s) AS talk_s,
        sum(CAST(leg_talk_s AS DOUBLE) * leg_talk_s) AS talk_squares
    FROM leg_rows
    WHERE NOT listed AND {took} AND leg_talk_s IS NOT NULL AND ({where_legs})
    GROUP BY ALL
)
SELECT
    employee, CAST(direction AS VARCHAR) AS direction, CAST(hour AS INTEGER) AS hour, queue,
    CAST(sum(talks) AS BIGINT) AS talks, sum(talk_s) AS talk_s, sum(talk_squares) AS talk_squares
FROM cells
GROUP BY ALL
ORDER BY employee, direction, hour, queue
