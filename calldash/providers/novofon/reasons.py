"""Why a session or one of its legs ended, in the Data API's words -> why a call was missed, in ours."""

from fnmatch import fnmatchcase

# Reasons (with * for any text) by what they say of a missed call; the first group that fits counts.
_GROUPS: dict[str | None, str] = {
    "off_hours": "*_inactive_by_schedule numa_dnd_interval",
    "blocked": "numa_in_black_list numa_in_spam_list too_many_identical_incoming_calls locked_numb",
    "busy": "operator_busy employee_busy employee_busy_after_call operator_channels_busy max_in_call_reached "
    "max_out_call_reached subscriber_busy",
    "no_answer": "operator_not_responsible no_success_operator_call no_operator_confirmation timeout "
    "action_interval_exceeded subscriber_not_responsible no_success_subscriber_call employee_status_available",
    "no_agents": "employee_inactive employee_phone_inactive group_phone_inactive employee_status_* "
    "employee_auto_status_* sip_offline employee_without_phones group_without_phones no_operator_cdr_found "
    "*_not_allowed_by_status in_call_not_allowed",
    "rejected": "operator_disconnects",
    "abandoned": "subscriber_disconnects disconnect_before_call_processing call_enqueued",
    "technical": "no_money not_enough_money limit_exceeded no_resources internal_error no_active_scenario no_operation "
    "incorrect_input incorrect_config *_is_not_configured *_not_exists *_not_found *_not_allowed "
    "call_not_allowed_on_tp numb_is_inactive app_is_inactive component_is_inactive communication_unavailable "
    "api_permission_denied api_ip_now_allowed subscriber_number_problems operator_number_problems locked_phone "
    "net_lock fmc_is_disabled fmc_is_locked sip_trunk_is_locked max_transition_count_exceeded",
    # Known, but they do not say why nobody talked.
    None: "success_finish add_cdr_timeout operator_answer another_operator_answer transfer_disconnects "
    "scenario_disconnects fax_session_done",
}
_EXACT = {word: reason for reason, words in _GROUPS.items() for word in words.split() if "*" not in word}
_PATTERNS = tuple((word, reason) for reason, words in _GROUPS.items() for word in words.split() if "*" in word)

SPAM = frozenset({"numa_in_black_list", "numa_in_spam_list", "too_many_identical_incoming_calls"})


def is_known(code: str) -> bool:
    """Whether the finish reason `code` is one of those listed here."""
    return code in _EXACT or any(fnmatchcase(code, pattern) for pattern, _ in _PATTERNS)


def miss_reason(code: str | None) -> str | None:
    """The miss reason that finish reason `code` stands for; None when it does not tell."""
    if code is None or code in _EXACT:
        return _EXACT.get(code or "")
    return next((reason for pattern, reason in _PATTERNS if fnmatchcase(code, pattern)), None)
