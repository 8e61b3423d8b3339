-- Answered calls whose recording says nothing of the talk, by the reason.
SELECT t.why, count(*) AS calls
FROM (SELECT call_no, why FROM talk_rows WHERE why IS NOT NULL) t
JOIN (SELECT call_no FROM calls WHERE {where} AND {talked}) c ON c.call_no = t.call_no
GROUP BY t.why ORDER BY calls DESC, t.why;
