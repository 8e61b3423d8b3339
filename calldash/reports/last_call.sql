-- When the last call of a client came (UTC); NULL when none did.
SELECT max(started_at) AS started_at FROM calls WHERE {inbound} AND ({where})
