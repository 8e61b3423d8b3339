-- Target and missed calls for the advertising system $target: `reason` tells why calls are left out, NULL that they go
-- in. A row a reason: the number of `calls`, and where $listed those that go in as the list `going`.
WITH found AS (
    SELECT
        *, {missed} AS is_missed, {target} AS is_target, {unique} AS is_first, {sold} AS is_sale,
        CASE $target
            WHEN 'google' THEN gclid
            WHEN 'metrica' THEN ym_client_id
            WHEN 'metrica-yclid' THEN if(ym_client_id IS NULL, yclid, NULL)
        END AS identifier
    FROM calls
    WHERE ({target} OR {missed}) AND ({where})
),
judged AS (
    SELECT
        *,
        CASE
            WHEN identifier IS NULL OR NOT regexp_full_match(identifier, '[A-Za-z0-9][A-Za-z0-9_.-]*') THEN 'no_identifier'
            WHEN consent IS DISTINCT FROM TRUE THEN 'no_consent'
            WHEN started_at < $oldest THEN 'too_old'
        END AS reason
    FROM found
)
SELECT reason, count(*) AS calls, any_value(listed) AS going
FROM judged LEFT JOIN (
    SELECT list(
        struct_pack(
            identifier := identifier, started_at := started_at, missed := is_missed, target := is_target,
            first := is_first, talk_s := if(answered, talk_s, NULL), hold_s := hold_s, line := line,
            value := if(is_sale, sale_amount, NULL), currency := if(is_sale AND sale_amount IS NOT NULL, currency, NULL)
        )
        ORDER BY started_at, identifier
    ) AS listed
    FROM judged WHERE reason IS NULL AND $listed
) ON reason IS NULL
GROUP BY reason
ORDER BY reason
