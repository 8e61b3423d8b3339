-- What came of calling back, by how soon it was first tried: a row a class of the delay that ends at one of $edges
-- (seconds, inclusive). Only clients whose outcome is settled: reached, or the window is over.
WITH tried AS (
    SELECT
        call_no, client_id, ended_at, coalesce(closed_by = 'called_back', FALSE) AS reached,
        if($working, work_delay_s, CAST(epoch(first_attempt_at - ended_at) AS INTEGER)) AS delay_s
    FROM calls
    WHERE {attempted} AND (closed_by IS NOT NULL OR {now} >= ended_at + to_seconds({callback_window_h} * 3600))
        AND ({where})
),
bought AS (
    SELECT DISTINCT t.call_no
    FROM tried t JOIN (SELECT client_id, started_at FROM calls WHERE {sold}) s USING (client_id)
    WHERE s.started_at BETWEEN t.ended_at AND t.ended_at + to_seconds({callback_window_h} * 3600)
)
SELECT
    len(list_filter($edges, lambda edge: edge < delay_s)) AS class,
    count(*) AS clients, count(*) FILTER (reached) AS reached, count(b.call_no) AS bought
FROM tried t LEFT JOIN bought b ON b.call_no = t.call_no
GROUP BY class
ORDER BY class
