"""The numbers over recordings that were listened to: who talks how much. The employee is the one of the call."""

from calldash.metrics.kinds import Metric

_KNOWN = "{talked} AND why IS NULL"


def _mean(key: str, unit: str, of: str, title: str, words: str, better: str = "") -> Metric:
    return Metric(key, unit, title, words, f"avg({of}) FILTER ({_KNOWN})", _KNOWN, better, "talks")


TALKS: tuple[Metric, ...] = (
    Metric(
        "talks_analysed", "count", "Talks analysed",
        "Answered calls whose stereo recording tells who speaks when.",
        f"count(*) FILTER ({_KNOWN})", _KNOWN, "", "talks",
    ),
    _mean(
        "avg_agent_share", "share", "agent_share", "Employee's share of talk",
        "Mean share of the employee's speech in all speech of a talk.",
    ),
    _mean(
        "avg_silence_share", "share", "silence_share", "Silence",
        "Mean share of a talk, from the first speech to the last, in which nobody speaks.", "lower",
    ),
    _mean(
        "interruptions_per_talk", "rate", "interruptions_by_agent", "Interruptions per talk",
        "How often the employee cuts in while the client speaks and takes over, on average.", "lower",
    ),
    _mean(
        "interrupted_per_talk", "rate", "interruptions_by_client", "Interrupted per talk",
        "How often the client cuts in while the employee speaks and takes over, on average.", "lower",
    ),
    _mean(
        "avg_longest_monologue_s", "seconds", "longest_monologue_agent_s", "Longest monologue",
        "Mean of the longest time in a talk that the employee speaks on.", "lower",
    ),
)  # fmt: skip
