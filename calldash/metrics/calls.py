"""The numbers over calls."""

from calldash.metrics.kinds import HALF, NINE, Metric, count, money, one_currency, seconds, share

_LATE = ("callback_target_min", "callback_window_h")
_WINDOW = ("callback_window_h",)
_HOURS = ("working_hours", "team_hours", "holiday_country", "day_exceptions")

CALLS: tuple[Metric, ...] = (
    count("calls", "{counted}", "Calls", "Inbound and outbound voice calls, without internal ones and spam."),
    count("inbound_calls", "{inbound}", "Inbound calls", "Voice calls from clients, without spam."),
    count("outbound_calls", "{outbound}", "Outbound calls", "Voice calls to clients, without spam."),
    count("internal_calls", "{internal}", "Internal calls", "Voice calls between employees."),
    count("answered_calls", "{talked}", "Answered calls", "Inbound and outbound calls in which a person talked."),
    count("missed_calls", "{missed}", "Missed calls", "Inbound calls that nobody answered.", "lower"),
    count(
        "short_abandons", "{short_abandon}", "Short abandons",
        "Missed calls whose client gave up sooner than the threshold.", settings=("short_abandon_s",),
    ),
    Metric(
        "clients", "count", "Clients", "Different client numbers among inbound and outbound calls.",
        "count(DISTINCT client_id) FILTER ({counted})", "{counted} AND client_id IS NOT NULL",
    ),
    count("spam_calls", "{spam_call}", "Spam calls", "Voice calls marked as spam; no other count has them."),
    count("messages", "{message}", "Messages", "SMS and MMS without spam."),
    share(
        "known_source_share", "{inbound} AND source IS NOT NULL", "{inbound}", "Known source",
        "Inbound calls whose source is known / inbound calls.",
    ),
    share("missed_share", "{missed}", "{inbound}", "Missed share", "Missed calls / inbound calls.", "lower"),
    share(
        "abandoned_share", "{missed} AND NOT {short_abandon}", "{inbound} AND NOT {short_abandon}", "Abandoned share",
        "(Missed − short abandons) / (inbound − short abandons).", "lower", ("short_abandon_s",),
    ),
    seconds(
        "avg_wait_s", "wait_s", "{served}", "Mean wait",
        "Mean waiting time of answered inbound calls whose wait is known (average speed of answer).", "lower",
    ),
    seconds(
        "median_wait_s", "wait_s", "{served}", "Median wait",
        "Half of the answered inbound calls waited no longer (nearest rank).", "lower", HALF,
    ),
    seconds(
        "p90_wait_s", "wait_s", "{served}", "90 % waited at most",
        "Nine of ten answered inbound calls waited no longer (nearest rank).", "lower", NINE,
    ),
    seconds(
        "max_wait_s", "wait_s", "{served}", "Longest wait",
        "The longest wait of an answered inbound call.", "lower", "max({})",
    ),
    seconds(
        "avg_missed_wait_s", "wait_s", "{missed}", "Patience of missed callers",
        "Mean waiting time of missed calls whose wait is known.",
    ),
    share(
        "service_level", "{served} AND wait_s <= {service_level_s}",
        "{inbound} AND wait_s IS NOT NULL AND NOT {short_abandon}", "Service level",
        "Inbound calls answered within the threshold / (inbound calls with known wait − short abandons).", "higher",
        ("service_level_s", "short_abandon_s"),
    ),
    count(
        "missed_clients", "{episode}", "Missed clients",
        "Clients who were missed, once each until they are reached or the window ends (miss episodes).",
        "lower", _WINDOW,
    ),
    share(
        "timely_callback_share", "{timely}", "{due}", "Called back in time",
        "Missed clients called back within the target / those who were due for it.", "higher", _LATE,
    ),
    seconds(
        "avg_callback_delay_s", "{callback_delay_s}", "{attempted}", "Mean delay of callback",
        "Mean time from the end of the missed call to the first attempt to call back.", "lower",
    ),
    seconds(
        "median_callback_delay_s", "{callback_delay_s}", "{attempted}", "Median delay of callback",
        "Half of the callbacks were tried no later (nearest rank).", "lower", HALF,
    ),
    share(
        "called_back_share", "{settled} AND {state} = 'called_back'", "{settled}", "Called back",
        "Missed clients reached by a callback / missed clients without pending ones.", settings=_WINDOW,
    ),
    share(
        "got_through_share", "{settled} AND {state} = 'got_through'", "{settled}", "Got through themselves",
        "Missed clients who called again and were answered / missed clients without pending ones.", settings=_WINDOW,
    ),
    share(
        "tried_share", "{settled} AND {state} = 'tried'", "{settled}", "Tried in vain",
        "Missed clients called back but not reached / missed clients without pending ones.", "lower", _WINDOW,
    ),
    share(
        "lost_share", "{settled} AND {state} = 'lost'", "{settled}", "Lost",
        "Missed clients nobody called back and who did not get through / missed clients without pending ones.",
        "lower", _WINDOW,
    ),
    count(
        "lost_clients", "{lost}", "Lost clients",
        "Missed clients nobody called back and who did not get through within the window.", "lower", _WINDOW,
    ),
    count(
        "pending_callbacks", "{episode} AND {state} = 'pending'", "Still to call back",
        "Missed clients whose window has not ended and whom nobody has tried.", "lower", _WINDOW,
    ),
    count(
        "due_callbacks", "{due}", "Due for a callback",
        "Missed clients who count for the share called back in time: tried, or the target passed before they got "
        "through.", "", _LATE,
    ),
    count(
        "late_callbacks", "{due} AND NOT {timely}", "Not called back in time",
        "Missed clients due for a callback whom nobody tried within the target.", "lower", _LATE,
    ),
    share(
        "timely_callback_work_share", "{work_timely}", "{work_due}", "Called back in time, working time",
        "The same share by a clock that stands still while nobody works.", "higher", (*_LATE, *_HOURS),
    ),
    seconds(
        "median_callback_work_delay_s", "work_delay_s", "{attempted}", "Median delay of callback, working time",
        "Half of the callbacks were tried within no more working time (nearest rank).", "lower", HALF,
    ),
    share(
        "open_missed_share", "{missed} AND {in_hours}", "{inbound} AND {in_hours}", "Missed share in working hours",
        "Missed / inbound calls, of those that began in working hours.", "lower", _HOURS,
    ),
    count(
        "off_hours_missed", "{missed} AND NOT {in_hours}", "Missed outside working hours",
        "Inbound calls that began outside working hours and that nobody answered.", "", _HOURS,
    ),
    share(
        "reach_rate", "{outbound} AND answered", "{outbound}", "Reach rate",
        "Answered outbound calls / outbound calls.", "higher",
    ),
    seconds(
        "avg_talk_s", "talk_s", "{talked}", "Mean talk", "Mean talking time of answered calls whose talk is known."
    ),
    seconds(
        "avg_handling_s", "talk_s + coalesce(wrapup_s, 0)", "{handled}", "Mean handling time",
        "Mean talk and after-call work of answered inbound calls whose talk is known; unknown after-call work is 0.",
    ),
    Metric(
        "patience_s", "seconds", "Patience of clients",
        "Waiting of all inbound calls, answered ones too / clients who hung up while waiting.",
        "sum(wait_s) FILTER ({inbound}) / nullif(count(*) FILTER ({gave_up}), 0)", "{inbound} AND wait_s IS NOT NULL",
    ),
    Metric(
        "total_talk_s", "seconds", "Talk", "Talking time of answered calls, all together.",
        "CASE WHEN count(*) FILTER ({talked}) = 0 THEN 0 ELSE sum(talk_s) FILTER ({talked}) END", "{talked}",
        sums_up=True,
    ),
    count(
        "sale_calls", "{sold}", "Calls that sold", "Answered calls with a sale amount or the outcome success.", "higher"
    ),
    share(
        "sale_share", "{sold}", "{talked}", "Sale share", "Calls that sold / answered calls.", "higher"
    ),
    money(
        "revenue", one_currency("{sold} AND sale_amount IS NOT NULL", "coalesce(sum(sale_amount) FILTER ({sold}), 0)"),
        "{sold} AND sale_amount IS NOT NULL", "Revenue", "Sum of the sale amounts of calls that sold.", "higher",
        sums_up=True,
    ),
    count(
        "unique_calls", "{unique}", "Unique calls",
        "Inbound calls of clients who had not called before, or not within the memory.",
        settings=("unique_memory_days",),
    ),
    count(
        "repeat_calls", "{repeated}", "Repeat calls",
        "Inbound calls of clients who had called not long before.", settings=("repeat_days",),
    ),
    count(
        "target_calls", "{target}", "Target calls",
        "Answered inbound calls that talked at least the threshold.", settings=("target_talk_s",),
    ),
    count(
        "unique_target_calls", "{target} AND {unique}", "Unique target calls", "Calls both unique and target.",
        settings=("target_talk_s", "unique_memory_days"),
    ),
    share(
        "first_contact_share", "{solved_at_once}", "{asked}", "Solved at first contact",
        "Answered inbound calls at least 7 days old whose client did not call again within 7 days / all such calls.",
        "higher",
    ),
    money(
        "total_cost", one_currency("cost IS NOT NULL", "sum(cost)"), "cost IS NOT NULL", "Cost",
        "Cost of all calls and messages, spam too.", "lower",
    ),
    money(
        "cost_per_minute",
        one_currency(
            "{charged_voice}",
            "CAST(sum(cost) FILTER ({charged_voice}) AS DOUBLE) "
            "/ nullif(sum(coalesce(talk_s, 0)) FILTER ({charged_voice}) / 60, 0)",
        ),
        "{charged_voice}", "Cost per minute", "Cost of voice calls whose cost is known / their minutes of talk.",
        "lower",
    ),
    money(
        "roaming_cost",
        one_currency(
            "{roamed} AND cost IS NOT NULL",
            "CASE WHEN count(cost) > 0 THEN coalesce(sum(cost) FILTER ({roamed}), 0) END",
        ),
        "{roamed} AND cost IS NOT NULL", "Roaming cost", "Cost of what was made in roaming.", "lower",
    ),
    count("priced_calls", "cost > 0", "Charged", "Calls and messages that cost something, spam too."),
    share(
        "known_cost_share", "cost IS NOT NULL", "TRUE", "Known cost",
        "Calls and messages whose cost is known / all of them, spam and internal calls too.", "higher",
    ),
)  # fmt: skip
