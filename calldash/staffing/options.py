"""What a reader chooses about staffing: the goal, the formula, what the days are summed up to. To and from a URL."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calldash.settings import Settings

MODELS = ("c", "a")  # Erlang C, Erlang A
FORECAST = "forecast"
BASES = ("mean", "p90", FORECAST)  # calls of a mean day; so many that nine of ten days have no more; those to come
HOURS = ("open", "all")  # half hours in which the company works; all of them
LIMITS = {"target": (1, 99), "within": (0, 3600), "shrinkage": (0, 90)}  # per cent, seconds, per cent
_CHOICES = {"model": MODELS, "basis": BASES, "hours": HOURS}
NAMES = (*LIMITS, *_CHOICES)


@dataclass(frozen=True)
class Options:
    """`target` and `shrinkage` are in per cent, `within` in seconds."""

    target: int
    within: int
    shrinkage: int
    model: str = MODELS[0]
    basis: str = BASES[0]
    hours: str = HOURS[0]


def usual(settings: Settings) -> Options:
    """What is shown before anything is chosen."""
    wanted = {
        "target": round(settings.service_level_target * 100),
        "within": settings.service_level_s,
        "shrinkage": round(settings.shrinkage * 100),
    }
    held: dict[str, Any] = {name: min(max(value, LIMITS[name][0]), LIMITS[name][1]) for name, value in wanted.items()}
    return Options(**held)


def from_pairs(pairs: Mapping[str, str], settings: Settings) -> Options:
    """The options that `pairs` describe; what is nonsense counts as not given."""
    held: dict[str, Any] = dict(vars(usual(settings)))
    for name, (low, high) in LIMITS.items():
        text = pairs.get(name, "")
        if text.isascii() and text.isdigit() and len(text) < 6 and low <= int(text) <= high:
            held[name] = int(text)
    held |= {name: pairs[name] for name, known in _CHOICES.items() if pairs.get(name) in known}
    return Options(**held)


def to_pairs(options: Options, settings: Settings) -> dict[str, str]:
    """The options as `from_pairs` understands them; usual ones are left out."""
    plain = vars(usual(settings))
    return {name: str(value) for name, value in vars(options).items() if value != plain[name]}
