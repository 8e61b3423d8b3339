"""From two lists of speech to the figures of a talk: shares, silence, interruptions, monologues. Pure.

A stretch is (start, end) in seconds; a side's stretches are in order and do not overlap.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Stretch = tuple[float, float]
Side = Sequence[Stretch]

# An interruption: the other has been speaking so long, both speak so long, and then the interrupter goes on so long.
SPOKEN_S, BOTH_S, GOES_ON_S = 1.0, 0.3, 0.5
# A monologue goes on over a word of the other's and over a pause, if they are no longer than this.
WORD_S, PAUSE_S = 1.0, 3.0


@dataclass(frozen=True)
class Figures:
    """Seconds, shares from 0 to 1, counts. What cannot be known is None: shares where nobody speaks."""

    talk_s: float
    agent_s: float
    client_s: float
    agent_share: float | None
    silence_share: float | None
    interruptions_by_agent: int
    interruptions_by_client: int
    longest_monologue_agent_s: float
    longest_monologue_client_s: float


def figures(agent: Side, client: Side) -> Figures:
    """The figures of a talk, from the first speech to the last."""
    every = [*agent, *client]
    talk = max(end for _start, end in every) - min(start for start, _end in every) if every else 0.0
    by_agent, by_client = length(agent), length(client)
    spoken = length(united(every))
    return Figures(
        talk_s=talk,
        agent_s=by_agent,
        client_s=by_client,
        agent_share=by_agent / (by_agent + by_client) if every else None,
        silence_share=1 - spoken / talk if talk else None,
        interruptions_by_agent=len(interruptions(agent, client)),
        interruptions_by_client=len(interruptions(client, agent)),
        longest_monologue_agent_s=longest_monologue(agent, client),
        longest_monologue_client_s=longest_monologue(client, agent),
    )


def length(side: Side) -> float:
    """The seconds of all stretches together."""
    return sum(end - start for start, end in side)


def united(stretches: Side, gap: float = 0.0) -> list[Stretch]:
    """The same in order, with those that overlap or are at most `gap` apart made one."""
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if found and start - found[-1][1] <= gap:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def interruptions(by: Side, of: Side) -> list[float]:
    """The moments at which `by` cut in while `of` was speaking, and took over."""
    return [
        start
        for start, end in by
        for other_start, other_end in of
        if start - other_start >= SPOKEN_S and other_end - start >= BOTH_S and end - other_end >= GOES_ON_S
    ]


def longest_monologue(of: Side, other: Side) -> float:
    """The longest time that a side spoke on: short pauses and words of the other belong to it, longer ones end it.

    Where both speak, the time is that of who began later.
    """
    breaks = [one for one in other if one[1] - one[0] > WORD_S]
    longest = begun = last = 0.0
    for start, end in _without(of, breaks):
        broken = any(cut < start and until > last for cut, until in breaks)
        if not longest or start - last > PAUSE_S or broken:
            begun = start
        last = end
        longest = max(longest, last - begun)
    return longest


def _without(side: Side, breaks: Side) -> list[Stretch]:
    """A side's stretches without what the other said in them; one who was speaking already breaks nothing."""
    found = list(side)
    for cut, until in breaks:
        parts = []
        for start, end in found:
            parts += [(start, cut), (until, end)] if start < cut < end else [(start, end)]
        found = [(start, end) for start, end in parts if end > start]
    return found
