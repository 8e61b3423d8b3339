-- What an advertising system knows of a call, and who said where the call comes from. Runs after calls.sql.
ALTER TABLE calls ADD COLUMN IF NOT EXISTS keyword VARCHAR;
ALTER TABLE calls ADD COLUMN IF NOT EXISTS ad VARCHAR;
ALTER TABLE calls ADD COLUMN IF NOT EXISTS gclid VARCHAR;
ALTER TABLE calls ADD COLUMN IF NOT EXISTS yclid VARCHAR;
ALTER TABLE calls ADD COLUMN IF NOT EXISTS ym_client_id VARCHAR;
-- Whether these identifiers may be uploaded; NULL: not known, and then they may not
ALTER TABLE calls ADD COLUMN IF NOT EXISTS consent BOOLEAN;
-- 'provider' or 'tracking'; NULL: the source is not known. With 'tracking', what the rows themselves say beside it.
ALTER TABLE calls ADD COLUMN IF NOT EXISTS source_by VARCHAR;
ALTER TABLE calls ADD COLUMN IF NOT EXISTS given_medium VARCHAR;
ALTER TABLE calls ADD COLUMN IF NOT EXISTS given_campaign VARCHAR;
UPDATE calls SET source_by = 'provider' WHERE source IS NOT NULL AND source_by IS NULL;
-- What rules made of the call, see rules.sql
ALTER TABLE calls ADD COLUMN IF NOT EXISTS ruled VARCHAR;
