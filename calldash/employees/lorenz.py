"""How evenly work is shared out: the Lorenz curve, its Gini coefficient, and which two people should swap. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

Point = tuple[float, float]


@dataclass(frozen=True)
class Swap:
    """Two people of a team who would share their work by halves: what they have, and the team's balance by it.

    The balance is 1 − Gini, `before` and `after` the swap.
    """

    team: str | None
    most: str
    least: str
    most_load: float
    least_load: float
    before: float
    after: float


def curve(loads: Sequence[float]) -> list[Point]:
    """The corners of the curve, from (0, 0) to (1, 1): what part of the work the least loaded part of people does."""
    total, ranked = sum(loads), sorted(loads)
    if not total:
        return []
    sums = [0.0, *accumulate(ranked)]
    return [(at / len(ranked), part / total) for at, part in enumerate(sums)]


def gini(loads: Sequence[float]) -> float | None:
    """Twice the area between the curve and evenness: 0 when all do alike; None without work.

    As the catalogue's `load_balance` has it: 2 Σ place × load / (n Σ load) − (n + 1) / n, places from the least on.
    """
    count, total = len(loads), sum(loads)
    if not total:
        return None
    placed = sum(place * load for place, load in enumerate(sorted(loads), 1))
    return 2 * placed / (count * total) - (count + 1) / count


def best_swap(teams: Mapping[str | None, Mapping[str, float]]) -> Swap | None:
    """Of the most and the least loaded of each team (name -> load), those whose swap helps their team most."""
    found = [one for team, loads in teams.items() if (one := _swap(team, loads))]
    return max(found, key=lambda one: one.after - one.before, default=None)


def _swap(team: str | None, loads: Mapping[str, float]) -> Swap | None:
    """The two of one team; None for a team of one, or one in which all have the same."""
    ranked = sorted(loads, key=lambda name: (loads[name], name))
    if len(ranked) < 2 or loads[ranked[0]] == loads[ranked[-1]]:
        return None
    least, most = ranked[0], ranked[-1]
    half = (loads[least] + loads[most]) / 2
    now, then = gini(list(loads.values())), gini([*(loads[name] for name in ranked[1:-1]), half, half])
    assert now is not None and then is not None
    return Swap(team, most, least, loads[most], loads[least], 1 - now, 1 - then)
