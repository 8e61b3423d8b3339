-- Who talked with clients when: a row for each talk of an employee, in local time.
SELECT
    call_no,
    employee,
    direction,
    queue,
    timezone($zone, timezone('UTC', leg_answered_at)) AS begins,
    timezone($zone, timezone('UTC', greatest(coalesce(leg_ended_at, leg_answered_at + to_seconds(leg_talk_s)), leg_answered_at))) AS ends,
    leg_talk_s AS talk_s
FROM leg_rows
WHERE {took} AND leg_answered_at IS NOT NULL AND ({where_legs})
ORDER BY employee, begins, call_no
