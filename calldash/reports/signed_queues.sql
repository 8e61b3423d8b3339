-- How long employees were signed in for each queue, and of that on a break; a queue NULL is all queues, counted once.
SELECT employee, queue, sum(signed_s) AS signed_s, sum(break_s) AS break_s
FROM (
    SELECT system, employee, day, isodow(day) AS weekday, NULL AS queue, signed_s, break_s FROM presence
    UNION ALL BY NAME
    SELECT system, employee, day, isodow(day) AS weekday, queue, signed_s, break_s FROM presence_queues
)
WHERE {where}
GROUP BY employee, queue
ORDER BY employee, queue NULLS FIRST
