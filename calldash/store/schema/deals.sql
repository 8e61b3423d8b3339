-- Deals of a CRM, and the calls that they are put down to.

CREATE SEQUENCE IF NOT EXISTS deal_numbers;

-- A deal is known by its origin (the CRM, or the list it stood in) and its number there.
CREATE TABLE IF NOT EXISTS deals (
    deal_no BIGINT PRIMARY KEY DEFAULT nextval('deal_numbers'),
    origin VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    title VARCHAR,
    phone VARCHAR,                        -- as the file has it
    client VARCHAR,                       -- as calls have it: NULL where the deal has no number
    happened_at TIMESTAMP NOT NULL,       -- UTC; the end of its local day where the file has no time
    day DATE NOT NULL,
    amount DECIMAL(18, 6),
    margin DECIMAL(18, 6),                -- what the company earned by it
    currency VARCHAR NOT NULL,
    status VARCHAR NOT NULL,              -- won, open, lost
    stage VARCHAR,                        -- as the file names it
    file VARCHAR NOT NULL,
    line BIGINT NOT NULL,
    who VARCHAR NOT NULL,
    entered_at TIMESTAMP NOT NULL
);

-- The calls that brought a deal, by each model: parts of a deal add up to 1 in each model, its amounts to the deal's.
CREATE TABLE IF NOT EXISTS attributed (
    deal_no BIGINT NOT NULL,
    model VARCHAR NOT NULL,               -- first, last, linear
    system VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    client_id INTEGER NOT NULL,
    part DECIMAL(18, 12) NOT NULL,
    amount DECIMAL(18, 6),
    margin DECIMAL(18, 6)
);
-- Where the call came from, beside it: few deals would else be looked for among all calls, at every question.
ALTER TABLE attributed ADD COLUMN IF NOT EXISTS source VARCHAR;
ALTER TABLE attributed ADD COLUMN IF NOT EXISTS medium VARCHAR;
ALTER TABLE attributed ADD COLUMN IF NOT EXISTS campaign VARCHAR;
ALTER TABLE attributed ADD COLUMN IF NOT EXISTS keyword VARCHAR;
ALTER TABLE attributed ADD COLUMN IF NOT EXISTS ad VARCHAR;
