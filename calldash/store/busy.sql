-- Missed calls whose queue had nobody free: every member was talking both when the call began to wait and when it ended.
-- Parameters: $first, $last (local days), $days: a member is who the queue rang so many days before, or on the day.
-- Result: temporary table `all_busy (call_no)`.

CREATE OR REPLACE TEMP TABLE busy_misses AS
SELECT call_no, queue, day, ended_at - to_seconds(coalesce(wait_s, 0)) AS began, ended_at AS ended
FROM calls
WHERE direction = 'inbound' AND kind = 'voice' AND NOT answered AND queue IS NOT NULL AND day BETWEEN $first AND $last;

CREATE OR REPLACE TEMP TABLE busy_members AS
WITH rung AS (
    SELECT DISTINCT queue, employee, day
    FROM leg_rows
    WHERE leg_kind = 'ring' AND direction = 'inbound' AND queue IS NOT NULL AND employee IS NOT NULL
        AND day BETWEEN $first - $days AND $last
),
asked AS (
    SELECT d.day, r.queue, r.employee
    FROM (SELECT DISTINCT day FROM busy_misses) d, (SELECT DISTINCT queue, employee FROM rung) r
)
SELECT a.day, a.queue, a.employee, count(*) OVER (PARTITION BY a.day, a.queue) AS members
FROM asked a ASOF JOIN rung r ON a.queue = r.queue AND a.employee = r.employee AND a.day >= r.day
WHERE r.day >= a.day - $days;

-- No more people than this talk at any moment of a minute: those who did before it, and those who begin in it.
CREATE OR REPLACE TEMP TABLE busy_minutes AS
WITH talks AS (
    SELECT
        leg_answered_at AS begins,
        coalesce(leg_ended_at, leg_answered_at + to_seconds(coalesce(leg_talk_s, 0))) AS ends
    FROM leg_rows
    WHERE picked_up AND employee IS NOT NULL AND kind = 'voice' AND day BETWEEN $first - 1 AND $last
),
steps AS (
    SELECT epoch_us(begins) // 60000000 AS minute, count(*) AS begun, 0 AS ended FROM talks WHERE ends > begins GROUP BY minute
    UNION ALL
    SELECT epoch_us(ends) // 60000000, 0, count(*) FROM talks WHERE ends > begins GROUP BY 1
)
SELECT minute, sum(sum(begun) - sum(ended)) OVER (ORDER BY minute) AS talking, talking + sum(ended) AS at_most
FROM steps GROUP BY minute;

-- Few moments have as many people talking as the queue has members: only these are looked at person by person.
CREATE OR REPLACE TEMP TABLE full_house AS
WITH sizes AS (SELECT DISTINCT day, queue, members FROM busy_members),
moments AS (
    SELECT m.call_no, m.queue, m.day, i.instant, epoch_us(i.instant) // 60000000 AS minute, s.members
    FROM busy_misses m JOIN sizes s ON s.day = m.day AND s.queue = m.queue, UNNEST([m.began, m.ended]) AS i(instant)
)
SELECT o.call_no, o.queue, o.day, o.instant
FROM moments o ASOF JOIN busy_minutes b ON o.minute >= b.minute
WHERE if(b.minute = o.minute, b.at_most, b.talking) >= o.members;

CREATE OR REPLACE TEMP TABLE busy_talks AS
SELECT employee, begins, max(ends) OVER (PARTITION BY employee ORDER BY begins, ends ROWS UNBOUNDED PRECEDING) AS ends
FROM (
    SELECT
        employee, leg_answered_at AS begins,
        coalesce(leg_ended_at, leg_answered_at + to_seconds(coalesce(leg_talk_s, 0))) AS ends
    FROM leg_rows
    WHERE picked_up AND employee IS NOT NULL AND kind = 'voice'
        AND day IN (SELECT day FROM full_house UNION SELECT day - 1 FROM full_house)
)
WHERE ends > begins;

CREATE OR REPLACE TEMP TABLE all_busy AS
WITH persons AS (
    SELECT f.call_no, f.instant, b.employee
    FROM full_house f JOIN busy_members b ON b.day = f.day AND b.queue = f.queue
),
filled AS (
    SELECT p.call_no, p.instant, bool_and(coalesce(t.ends > p.instant, FALSE)) AS everybody
    FROM persons p ASOF LEFT JOIN busy_talks t ON p.employee = t.employee AND p.instant >= t.begins
    GROUP BY p.call_no, p.instant
)
SELECT f.call_no
FROM filled f JOIN busy_misses m USING (call_no)
WHERE f.everybody
GROUP BY f.call_no
HAVING count(*) = any_value(if(m.began = m.ended, 1, 2));
