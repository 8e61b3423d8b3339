-- The rows that each of the calls $calls (numbers) was made of, as they came, with the files they came from.
WITH this AS (
    SELECT c.call_no, c.system, c.id, coalesce(r.root, c.id) AS root
    FROM (FROM calls WHERE call_no IN (SELECT unnest($calls)) AND {visible}) c
    LEFT JOIN refs r ON r.system = c.system AND r.ref = c.id
)
SELECT
    this.call_no, this.system, this.id, r.part, r.line, r.data, i.import_id, i.file, i.sha256, i.imported_at,
    timezone($zone, timezone('UTC', i.imported_at)) AS imported_local
FROM this JOIN rows r ON r.system = this.system AND r.root = this.root
JOIN imports i ON i.import_id = r.import_id
ORDER BY this.call_no, i.import_id, r.line, r.part, r.key
LIMIT $most;
