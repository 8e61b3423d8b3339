"""What a call, and a leg, is to the definitions: one SQL condition or value each.

{name} in them is another flag, a setting, or `now`: the newest moment of the call's system.
"""

import re
from functools import cache

_NAME = re.compile(r"\{(\w+)\}")
# Why an inbound call was missed.
MISS_REASONS = (
    "off_hours",
    "no_agents",
    "busy",
    "no_answer",
    "rejected",
    "technical",
    "blocked",
    "abandoned",
    "unknown",
)
# The same as far as it can be told from all that is known; see `miss_cause`.
MISS_CAUSES = (
    "closed",
    "nobody",
    "all_busy",
    "rang_out",
    "left_short",
    "left_10",
    "left_20",
    "left_30",
    "left_60",
    "left_later",
    "technical",
    "rejected",
    "unknown",
)
FLAGS = {
    "status": (
        "CASE WHEN spam THEN 'spam' WHEN kind <> 'voice' THEN 'message' WHEN answered THEN 'answered' "
        "WHEN direction = 'inbound' THEN 'missed' WHEN direction = 'outbound' THEN 'unreached' ELSE 'unanswered' END"
    ),
    "voice": "kind = 'voice' AND NOT spam",
    "inbound": "{voice} AND direction = 'inbound'",
    "outbound": "{voice} AND direction = 'outbound'",
    "internal": "{voice} AND direction = 'internal'",
    "counted": "{voice} AND direction <> 'internal'",
    "talked": "{counted} AND answered",
    "missed": "{inbound} AND NOT answered",
    "short_abandon": "{missed} AND coalesce(wait_s < {short_abandon_s}, FALSE)",
    "served": "{inbound} AND answered AND wait_s IS NOT NULL",
    "handled": "{inbound} AND answered AND talk_s IS NOT NULL",
    "gave_up": "{missed} AND wait_s IS NOT NULL AND coalesce(miss_reason = 'abandoned', FALSE)",
    "known": "{inbound} AND client_id IS NOT NULL",
    "target": "{known} AND coalesce(marked_target, answered AND coalesce(talk_s >= {target_talk_s}, FALSE))",
    "unique": "{known} AND coalesce(is_unique, FALSE)",
    "repeated": "{known} AND coalesce(is_repeat, FALSE)",
    # The classes of a call, each call in the first that fits.
    "nature": (
        "CASE WHEN {spam_call} THEN 'spam' WHEN NOT {known} THEN NULL WHEN {unique} THEN 'unique' "
        "WHEN {target} THEN 'target' WHEN {repeated} THEN 'repeat' ELSE 'other' END"
    ),
    "sold": "{talked} AND (sale_amount IS NOT NULL OR coalesce(outcome = 'success', FALSE))",
    "charged_voice": "kind = 'voice' AND cost IS NOT NULL",
    "roamed": "coalesce(roaming, FALSE)",
    "message": "kind IN ('sms', 'mms') AND NOT spam",
    "spam_call": "kind = 'voice' AND spam",
    # CASE, for AND computes its parts for every call: few calls are an episode, and instants take long to add.
    # An episode is a client who was missed; its facts stand on the call that opened it, t0 is that call's end.
    "episode": "coalesce(is_episode, FALSE)",
    "attempted": "{episode} AND first_attempt_at IS NOT NULL",
    "callback_delay_s": "CASE WHEN {attempted} THEN CAST(epoch(first_attempt_at - ended_at) AS INTEGER) END",
    "state": (
        "CASE WHEN NOT {episode} THEN NULL WHEN closed_by IS NOT NULL THEN closed_by "
        "WHEN first_attempt_at IS NOT NULL THEN 'tried' "
        "WHEN {now} < ended_at + to_seconds({callback_window_h} * 3600) THEN 'pending' ELSE 'lost' END"
    ),
    "settled": "CASE WHEN {episode} THEN {state} <> 'pending' ELSE FALSE END",
    "timely": "coalesce({callback_delay_s} <= 60 * {callback_target_min}, FALSE)",
    "in_time_himself": (
        "coalesce(closed_by = 'got_through' AND closed_at <= ended_at + to_seconds(60 * {callback_target_min}), FALSE)"
    ),
    "due": (
        "CASE WHEN NOT {episode} THEN FALSE WHEN first_attempt_at IS NOT NULL THEN TRUE "
        "ELSE NOT {in_time_himself} AND {now} >= ended_at + to_seconds(60 * {callback_target_min}) END"
    ),
    # The same by a clock that stands still while nobody works.
    "work_timely": "{attempted} AND coalesce(work_delay_s <= 60 * {callback_target_min}, FALSE)",
    "work_due": (
        "CASE WHEN NOT {episode} THEN FALSE WHEN first_attempt_at IS NOT NULL THEN TRUE "
        "ELSE coalesce(NOT coalesce(closed_by = 'got_through' AND closed_at <= due_at, FALSE) "
        "AND {now} >= due_at, FALSE) END"
    ),
    "in_hours": "{working}",
    # Why a call was missed: the first of these that fits. Each missed call has one cause.
    "miss_cause": (
        "CASE WHEN NOT {missed} THEN NULL WHEN miss_reason = 'technical' THEN 'technical' "
        "WHEN miss_reason IN ('rejected', 'blocked') THEN 'rejected' "
        "WHEN miss_reason = 'off_hours' OR NOT {working} THEN 'closed' "
        "WHEN miss_reason = 'no_agents' THEN 'nobody' WHEN wait_s < {short_abandon_s} THEN 'left_short' "
        "WHEN miss_reason = 'busy' OR all_busy THEN 'all_busy' WHEN miss_reason = 'no_answer' THEN 'rang_out' "
        "WHEN wait_s < 10 THEN 'left_10' WHEN wait_s < 20 THEN 'left_20' WHEN wait_s < 30 THEN 'left_30' "
        "WHEN wait_s < 60 THEN 'left_60' WHEN wait_s >= 60 THEN 'left_later' ELSE 'unknown' END"
    ),
    "asked": "{known} AND answered AND started_at <= {now} - INTERVAL 7 DAY",
    "solved_at_once": (
        "CASE WHEN {asked} THEN coalesce(next_inbound_at > started_at + INTERVAL 7 DAY, TRUE) ELSE FALSE END"
    ),
    # Legs: `person` is somebody's attempt or talk, `rung` a phone that rang for a client.
    "person": "{counted} AND leg_kind IN ('ring', 'dial') AND employee IS NOT NULL",
    "rung": "{counted} AND leg_kind = 'ring' AND employee IS NOT NULL",
    "took": "{person} AND picked_up",
    "taken_ring": "{rung} AND listed AND picked_up",
    "pickup_s": "CAST(epoch(leg_answered_at - leg_at) AS INTEGER)",
    "visit": "{counted} AND leg_kind = 'queue'",
    "visit_wait_s": "CAST(epoch(coalesce(leg_answered_at, leg_ended_at) - leg_at) AS INTEGER)",
    # Advertising, over calls, days of spend and deals: `paid` has a source whose spend is known, `sale` is a sale in
    # force, `brought` a call that a won deal is put down to.
    "spent": "CASE '{ad_cost_vat}' WHEN 'out' THEN spend_net ELSE spend_gross END",
    "paid": "coalesce(source IN (SELECT s.source FROM spend s), FALSE)",
    "lost": "CASE WHEN {episode} THEN {state} = 'lost' ELSE FALSE END",
    "won": "coalesce(deal_status = 'won' AND coalesce(deal_model, '{attribution}') = '{attribution}', FALSE)",
    "by_deals": (
        "CASE '{sales_from}' WHEN 'deals' THEN TRUE WHEN 'calls' THEN FALSE ELSE EXISTS (SELECT 1 FROM deals) END"
    ),
    "sale": "CASE WHEN {by_deals} THEN {won} ELSE coalesce({sold}, FALSE) END",
    "sale_sum": "CASE WHEN {by_deals} THEN deal_amount ELSE sale_amount END",
    "sale_profit": "coalesce(if({by_deals}, deal_margin, NULL), {sale_sum} * {margin})",
    "brought": (
        "(system, id) IN (SELECT (a.system, a.id) FROM attributed a JOIN deals d USING (deal_no) "
        "WHERE a.model = '{attribution}' AND d.status = 'won')"
    ),
}


@cache
def depends_on_now(sql: str) -> bool:
    """Whether what `sql` says of a call may change while time goes by."""
    names = _NAME.findall(sql)
    return "now" in names or any(depends_on_now(FLAGS[name]) for name in names if name in FLAGS)
