-- The rows that one call was made of, as they came, with the files they came from.
WITH this AS (
    SELECT c.system, coalesce(r.root, c.id) AS root
    FROM calls c LEFT JOIN refs r ON r.system = c.system AND r.ref = c.id
    WHERE c.call_no = $call_no
)
SELECT r.part, r.line, r.data, i.file, timezone($zone, timezone('UTC', i.imported_at)) AS imported_local
FROM this JOIN rows r ON r.system = this.system AND r.root = this.root
JOIN imports i ON i.import_id = r.import_id
ORDER BY i.import_id, r.line, r.part, r.key
LIMIT $most;
