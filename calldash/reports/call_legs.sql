-- The legs of one call in their order, in local time.
SELECT
    leg_no, leg_kind, employee, queue, talk_s, reason,
    timezone($zone, timezone('UTC', started_at)) AS begins,
    timezone($zone, timezone('UTC', answered_at)) AS picked_up,
    timezone($zone, timezone('UTC', ended_at)) AS ends
FROM legs WHERE call_no = $call_no
ORDER BY started_at, leg_no;
