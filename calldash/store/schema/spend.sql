-- What advertising cost. Days are the company's local days, both ends within: a total is spread evenly over them.

CREATE SEQUENCE IF NOT EXISTS spend_numbers;

CREATE TABLE IF NOT EXISTS spend (
    spend_no BIGINT PRIMARY KEY DEFAULT nextval('spend_numbers'),
    account VARCHAR NOT NULL,             -- the advertising account; empty where there is but one
    source VARCHAR NOT NULL,
    medium VARCHAR,
    campaign VARCHAR,
    keyword VARCHAR,
    ad VARCHAR,
    since DATE NOT NULL,
    until DATE NOT NULL,
    amount DECIMAL(18, 6) NOT NULL,       -- as it was given
    currency VARCHAR NOT NULL,
    vat VARCHAR,                          -- in, out: whether the amount has VAT in it; NULL: not told
    vat_rate DECIMAL(6, 3),               -- per cent
    gross DECIMAL(18, 6) NOT NULL,        -- with VAT and without; the amount itself where VAT is not told
    net DECIMAL(18, 6) NOT NULL,
    clicks BIGINT,
    impressions BIGINT,
    file VARCHAR NOT NULL,                -- empty where it was entered by hand
    line BIGINT NOT NULL,
    who VARCHAR NOT NULL,
    entered_at TIMESTAMP NOT NULL
);

-- What was written where `source` and `campaign` are what it counts as, see names.sql.
ALTER TABLE spend ADD COLUMN IF NOT EXISTS written_source VARCHAR;
ALTER TABLE spend ADD COLUMN IF NOT EXISTS written_campaign VARCHAR;

-- Spend by day. Whole millionths are shared out, so that the days of a total add up to it exactly.
CREATE OR REPLACE VIEW spend_days AS
SELECT
    account, source, medium, campaign, keyword, ad, currency, CAST(since + CAST(step AS INTEGER) AS DATE) AS day,
    CAST(CAST(g * (step + 1) // days - g * step // days AS DECIMAL(18, 0)) * CAST(0.000001 AS DECIMAL(6, 6)) AS DECIMAL(18, 6)) AS gross,
    CAST(CAST(n * (step + 1) // days - n * step // days AS DECIMAL(18, 0)) * CAST(0.000001 AS DECIMAL(6, 6)) AS DECIMAL(18, 6)) AS net
FROM (
    SELECT *, unnest(range(days)) AS step
    FROM (
        SELECT
            account, source, medium, campaign, keyword, ad, currency, since, date_diff('day', since, until) + 1 AS days,
            CAST(gross * 1000000 AS HUGEINT) AS g, CAST(net * 1000000 AS HUGEINT) AS n
        FROM spend
    )
);

-- Days of spend as rows that advertising figures are made of.
CREATE OR REPLACE VIEW cost_rows AS
SELECT
    source, medium, campaign, keyword, ad, currency, day, isodow(day) AS weekday, gross AS spend_gross, net AS spend_net
FROM spend_days;

-- Beside them deals under the sources of the calls that brought them. A deal that no call brought has no source.
CREATE OR REPLACE VIEW money_rows AS
SELECT
    *, NULL::BIGINT AS client_id, NULL::BIGINT AS deal_no, NULL::VARCHAR AS deal_status, NULL::VARCHAR AS deal_model,
    NULL::DECIMAL(18, 6) AS deal_amount, NULL::DECIMAL(18, 6) AS deal_margin
FROM cost_rows
UNION ALL BY NAME
SELECT
    a.source, a.medium, a.campaign, a.keyword, a.ad, d.currency, d.day, isodow(d.day) AS weekday, a.client_id, d.deal_no,
    d.status AS deal_status, a.model AS deal_model, a.amount AS deal_amount, a.margin AS deal_margin
FROM attributed a JOIN deals d USING (deal_no)
UNION ALL BY NAME
SELECT
    currency, day, isodow(day) AS weekday, deal_no, status AS deal_status, amount AS deal_amount, margin AS deal_margin
FROM deals WHERE deal_no NOT IN (SELECT deal_no FROM attributed);

-- And beside these calls: all that advertising figures are made of.
CREATE OR REPLACE VIEW spend_rows AS SELECT * FROM calls UNION ALL BY NAME SELECT * FROM money_rows;
