-- The facts themselves, out of the tables of facts.sql.
-- `work_spans` says when the company ('') and each team with hours of its own works.
-- Parameters: $repeat, $memory, $target (seconds; memory NULL = ever before).
-- Result: temporary table `facts`, one row a call that has any.

-- What the clock of the missed call's team shows, which stands still while nobody works: when the client left, when
-- somebody first tried. An instant before the first stretch is one at which nobody has worked yet.
CREATE OR REPLACE TEMP TABLE clocks AS
WITH asked AS (
    SELECT
        e.call_no, i.ended_at AS opened_at, e.first_attempt_at,
        if(i.team IN (SELECT team FROM work_spans), i.team, '') AS team
    FROM episodes e JOIN inbound i USING (call_no)
),
shown AS (
    SELECT a.call_no, a.opened_at, a.first_attempt_at, a.team, coalesce(w.before_s
        + date_diff('second', w.begins, least(a.opened_at, w.ends)), 0) AS opened_s
    FROM asked a ASOF LEFT JOIN work_spans w ON a.team = w.team AND a.opened_at >= w.begins
),
tried AS (
    SELECT s.*, w.before_s + date_diff('second', w.begins, least(s.first_attempt_at, w.ends)) AS tried_s
    FROM shown s ASOF LEFT JOIN work_spans w ON s.team = w.team AND s.first_attempt_at >= w.begins
)
SELECT
    t.call_no,
    greatest(t.opened_at, w.ends - to_seconds(w.until_s - t.opened_s - $target)) AS due_at,
    CASE WHEN t.first_attempt_at IS NOT NULL THEN CAST(coalesce(t.tried_s, 0) - t.opened_s AS INTEGER) END AS work_delay_s
FROM tried t ASOF LEFT JOIN work_spans w ON t.team = w.team AND t.opened_s + $target <= w.until_s;

CREATE OR REPLACE TEMP TABLE facts AS
SELECT
    i.call_no,
    i.previous_at IS NULL
        OR ($memory IS NOT NULL AND i.started_at - i.previous_at > to_seconds($memory)) AS is_unique,
    coalesce(i.started_at - i.previous_at <= to_seconds($repeat), FALSE) AS is_repeat,
    i.next_at AS next_inbound_at,
    e.call_no IS NOT NULL AS is_episode,
    e.first_attempt_at, e.closed_at, e.closed_by, c.due_at, c.work_delay_s
FROM inbound i LEFT JOIN episodes e ON e.call_no = i.call_no LEFT JOIN clocks c ON c.call_no = i.call_no;
