-- The calls $calls (numbers): all that is known of them and what they are to the definitions; instants end in _local, those
-- in _at are UTC.
SELECT
    call_no, system, provider, id, import_id, client_id, client, line, direction, kind, employee, team, queue, answered,
    miss_reason, wait_s, talk_s, hold_s, wrapup_s, cost, currency, destination, roaming, recording, source, medium,
    campaign, keyword, ad, source_by, written_source, written_campaign, outcome, sale_amount, tags, note, has_legs,
    marked_target, is_episode, is_unique, is_repeat, closed_by,
    started_at, ended_at,
    timezone($zone, timezone('UTC', started_at)) AS started_local,
    timezone($zone, timezone('UTC', ended_at)) AS ended_local,
    timezone($zone, timezone('UTC', first_attempt_at)) AS attempt_local,
    timezone($zone, timezone('UTC', closed_at)) AS closed_local,
    timezone($zone, timezone('UTC', ended_at + to_seconds({callback_window_h} * 3600))) AS window_local,
    {status} AS status, {inbound} AS is_inbound, {missed} AS is_missed, {short_abandon} AS is_short, {known} AS is_known,
    {target} AS is_target, {sold} AS is_sold, {state} AS state, {callback_delay_s} AS callback_delay_s,
    {nature} AS nature,
    (SELECT r.name FROM marked m JOIN rules r ON r.rule_no = m.spam_rule
        WHERE m.spam IS NULL AND m.system = calls.system AND m.id = calls.id) AS spam_rule,
    (SELECT r.name FROM marked m JOIN rules r ON r.rule_no = m.target_rule
        WHERE m.target IS NULL AND m.system = calls.system AND m.id = calls.id) AS target_rule,
    (SELECT n.announced FROM line_notices n WHERE n.line = calls.line) AS line_announced,
    (SELECT n.words FROM line_notices n WHERE n.line = calls.line) AS line_words,
    (SELECT n.recorded FROM line_notices n WHERE n.line = calls.line) AS line_recorded,
    EXISTS (SELECT 1 FROM erased_calls e WHERE e.system = calls.system AND e.id = calls.id) AS is_erased,
    {timely} AS is_timely, {due} AS is_due, {asked} AS is_asked, {solved_at_once} AS is_solved
FROM calls WHERE call_no IN (SELECT unnest($calls)) AND {visible};
