-- Which calls brought the deals in the temporary table `touched_deals (deal_no)`, by each model.
-- Parts are differences of whole parts of the running sum, so that they add up exactly.

DELETE FROM attributed WHERE deal_no IN (SELECT deal_no FROM touched_deals);

CREATE OR REPLACE TEMP TABLE deal_calls AS
SELECT
    d.deal_no, c.system, c.id, c.client_id, c.source, c.medium, c.campaign, c.keyword, c.ad,
    CAST(d.amount * 1000000 AS HUGEINT) AS amount,
    CAST(d.margin * 1000000 AS HUGEINT) AS margin,
    row_number() OVER (PARTITION BY d.deal_no ORDER BY c.started_at, c.id, c.system) AS place,
    count(*) OVER (PARTITION BY d.deal_no) AS calls
FROM touched_deals t
JOIN deals d USING (deal_no)
JOIN clients k ON k.client = d.client
JOIN calls c ON c.client_id = k.client_id
WHERE c.kind = 'voice' AND c.direction = 'inbound' AND NOT c.spam
    AND c.started_at <= d.happened_at AND c.started_at >= d.happened_at - to_days($days);

INSERT INTO attributed BY NAME
SELECT
    deal_no, model, system, id, client_id, source, medium, campaign, keyword, ad,
    CAST(CAST(1000000000000 * upto // calls - 1000000000000 * before // calls AS DECIMAL(18, 0))
        * CAST(0.000000000001 AS DECIMAL(12, 12)) AS DECIMAL(18, 12)) AS part,
    CAST(CAST(amount * upto // calls - amount * before // calls AS DECIMAL(18, 0))
        * CAST(0.000001 AS DECIMAL(6, 6)) AS DECIMAL(18, 6)) AS amount,
    CAST(CAST(margin * upto // calls - margin * before // calls AS DECIMAL(18, 0))
        * CAST(0.000001 AS DECIMAL(6, 6)) AS DECIMAL(18, 6)) AS margin
FROM (
    SELECT *, 'linear' AS model, CAST(place AS HUGEINT) AS upto, CAST(place - 1 AS HUGEINT) AS before FROM deal_calls
    UNION ALL
    SELECT *, 'first', CAST(calls AS HUGEINT), 0 FROM deal_calls WHERE place = 1
    UNION ALL
    SELECT *, 'last', CAST(calls AS HUGEINT), 0 FROM deal_calls WHERE place = calls
);

DROP TABLE deal_calls;
