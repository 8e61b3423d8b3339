-- What people say of calls. It hangs on (system, id) and outlives a re-import.

CREATE SEQUENCE IF NOT EXISTS mark_numbers;

-- Every mark in the order in which it was made. Nothing changes or removes a line.
CREATE TABLE IF NOT EXISTS marks (
    mark_no BIGINT PRIMARY KEY DEFAULT nextval('mark_numbers'),
    system VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    what VARCHAR NOT NULL,                -- outcome, sale, target, spam, note, tag, untag
    value VARCHAR,                        -- NULL: as the phone system has it
    who VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL
);

-- What is in force on a call that was ever marked or is ruled, and what its rows say where that stands in its place.
CREATE TABLE IF NOT EXISTS marked (
    system VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    outcome VARCHAR,
    target BOOLEAN,
    spam BOOLEAN,
    note VARCHAR,
    tagged VARCHAR[] NOT NULL,
    untagged VARCHAR[] NOT NULL,
    given_outcome VARCHAR,
    given_spam BOOLEAN NOT NULL,
    given_tags VARCHAR
);
-- What rules say of the call, and which of them; people's marks come before them, the call's rows after.
ALTER TABLE marked ADD COLUMN IF NOT EXISTS ruled_spam BOOLEAN;
ALTER TABLE marked ADD COLUMN IF NOT EXISTS ruled_target BOOLEAN;
ALTER TABLE marked ADD COLUMN IF NOT EXISTS ruled_tags VARCHAR[];
ALTER TABLE marked ADD COLUMN IF NOT EXISTS spam_rule BIGINT;
ALTER TABLE marked ADD COLUMN IF NOT EXISTS target_rule BIGINT;

-- What the call sold for, and what its rows say of that; `given` ones are right where a mark stands in their place.
ALTER TABLE marked ADD COLUMN IF NOT EXISTS sale_amount DECIMAL(18, 6);
ALTER TABLE marked ADD COLUMN IF NOT EXISTS sale_currency VARCHAR;
ALTER TABLE marked ADD COLUMN IF NOT EXISTS given_sale_amount DECIMAL(18, 6);
ALTER TABLE marked ADD COLUMN IF NOT EXISTS given_currency VARCHAR;

-- The tags that are offered.
CREATE TABLE IF NOT EXISTS tags (tag VARCHAR PRIMARY KEY, made_by VARCHAR NOT NULL, made_at TIMESTAMP NOT NULL);
