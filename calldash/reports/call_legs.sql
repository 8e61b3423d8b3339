-- The legs of each of the calls $calls (numbers) in their order, in local time.
SELECT
    call_no, leg_no, leg_kind, employee, queue, talk_s, reason,
    timezone($zone, timezone('UTC', started_at)) AS begins,
    timezone($zone, timezone('UTC', answered_at)) AS picked_up,
    timezone($zone, timezone('UTC', ended_at)) AS ends
FROM legs WHERE call_no IN (SELECT call_no FROM calls WHERE call_no IN (SELECT unnest($calls)) AND {visible})
ORDER BY call_no, started_at, leg_no;
