-- Buyers by source and campaign: a row each with what they brought. `paid` ones came by what was paid for; `unknown`
-- ones called, from a source that is not known.
SELECT
    source, campaign, {paid} AS paid,
    source IS NULL AND client_id IS NOT NULL AND direction IS DISTINCT FROM 'outbound' AS unknown,
    coalesce(CAST(sum({sale_sum}) AS DOUBLE), 0) AS revenue, coalesce(CAST(sum({sale_profit}) AS DOUBLE), 0) AS profit
FROM spend_rows
WHERE {sale} AND ({where})
GROUP BY source, campaign, {paid}, unknown, client_id
