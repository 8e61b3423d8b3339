-- How often each employee was rung, and picked up, in each cell of direction, hour and queue. A call counts once an
-- employee, in the queue from which it reached them first.
WITH pairs AS (
    SELECT
        employee, any_value(direction) AS direction, any_value(hour) AS hour, arg_min(queue, leg_at) AS queue,
        bool_or({rung} AND reached) AS picked_up
    FROM leg_rows
    WHERE listed AND {person} AND ({where_legs})
    GROUP BY call_no, employee
    HAVING bool_or({rung})
),
cells AS (
    SELECT employee, direction, hour, queue, count(*) AS rings, count(*) FILTER (picked_up) AS taken
    FROM pairs
    GROUP BY ALL
    UNION ALL
    SELECT employee, direction, hour, queue, count(*) AS rings, count(*) FILTER (reached) AS taken
    FROM leg_rows
    WHERE NOT listed AND {rung} AND ({where_legs})
    GROUP BY ALL
)
SELECT
    employee, CAST(direction AS VARCHAR) AS direction, CAST(hour AS INTEGER) AS hour, queue,
    CAST(sum(rings) AS BIGINT) AS rings, CAST(sum(taken) AS BIGINT) AS taken
FROM cells
GROUP BY ALL
ORDER BY employee, direction, hour, queue
