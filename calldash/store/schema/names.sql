-- Names that mean the same campaign: what is written of spend and calls, and what it counts as. Runs after calls.sql.

CREATE TABLE IF NOT EXISTS campaign_names (
    source VARCHAR NOT NULL,
    campaign VARCHAR,                     -- NULL: all campaigns of the source
    as_source VARCHAR NOT NULL,
    as_campaign VARCHAR,                  -- NULL: under the name they have
    made_by VARCHAR NOT NULL
);

-- What was written where `source` and `campaign` are what it counts as; both NULL where that is the same.
ALTER TABLE calls ADD COLUMN IF NOT EXISTS written_source VARCHAR;
ALTER TABLE calls ADD COLUMN IF NOT EXISTS written_campaign VARCHAR;
