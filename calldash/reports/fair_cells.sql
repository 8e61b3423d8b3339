-- What each employee did in each cell of direction, hour and queue: rings and how many they picked up; talks with a known
-- length, their seconds and these squared. A call counts once an employee, in the queue from which it rang first.
WITH pairs AS (
    SELECT
        call_no, employee, any_value(direction) AS direction, any_value(hour) AS hour,
        arg_min(queue, leg_at) AS queue, bool_or({rung}) AS was_rung, bool_or({rung} AND reached) AS picked_up,
        sum(leg_talk_s) FILTER ({took}) AS talk_s
    FROM leg_rows
    WHERE listed AND {person} AND ({where_legs})
    GROUP BY call_no, employee
    UNION ALL
    SELECT
        call_no, employee, direction, hour, queue, {rung} AS was_rung, {rung} AND reached AS picked_up,
        CASE WHEN {took} THEN leg_talk_s END AS talk_s
    FROM leg_rows
    WHERE NOT listed AND {person} AND ({where_legs})
)
SELECT
    employee, CAST(direction AS VARCHAR) AS direction, CAST(hour AS INTEGER) AS hour, queue,
    count(*) FILTER (was_rung) AS rings,
    count(*) FILTER (picked_up) AS taken,
    count(talk_s) AS talks,
    coalesce(sum(talk_s), 0) AS talk_s,
    coalesce(sum(CAST(talk_s AS DOUBLE) * talk_s), 0) AS talk_squares
FROM pairs
GROUP BY ALL
ORDER BY employee, direction, hour, queue
