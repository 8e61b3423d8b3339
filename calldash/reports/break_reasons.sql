-- How long employees were on a break for each reason; NULL: none was given.
SELECT employee, reason, sum(break_s) AS break_s
FROM (SELECT *, isodow(day) AS weekday FROM presence_breaks)
WHERE {where}
GROUP BY employee, reason
ORDER BY employee, reason NULLS LAST
