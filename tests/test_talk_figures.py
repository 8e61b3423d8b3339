"""Figures of a talk from who speaks when: each case is a picture, half a second a letter."""

import pytest

from calldash.talk.figures import figures, united
from tests.drawn import cases

# A letter is half a second: A or C speaks, . is silent. The figures are what one counts in the picture.
TALKS = """
agent              | client             | share | silence | by agent | by client | agent speaks on | client speaks on
AAAA....AAAA       | ....CCCC....       | 0.67  | 0       | 0        | 0         | 2               | 2
AAAA............   | ............CCCC   | 0.5   | 0.5     | 0        | 0         | 2               | 2
..AAAA..           | ........           | 1     | 0       | 0        | 0         | 2               | 0
AAAAAA......       | ....CCCCCC..       | 0.5   | 0       | 0        | 1         | 2               | 3
....AAAAAA         | CCCCCC....         | 0.5   | 0       | 1        | 0         | 3               | 2
AAAAAAAAAA         | ....CC....         | 0.83  | 0       | 0        | 0         | 5               | 1
AAAAAAAAAA         | ...CCCC...         | 0.71  | 0       | 0        | 0         | 1.5             | 2
.AAAAAA...         | CCC.......         | 0.67  | 0       | 0        | 0         | 3               | 0.5
AAAA..AAAA         | ....CC....         | 0.8   | 0       | 0        | 0         | 5               | 1
AAAA...AAAA        | ....CCC....        | 0.73  | 0       | 0        | 0         | 2               | 1.5
AAAA......AAAA     | ..............     | 1     | 0.43    | 0        | 0         | 7               | 0
AAAA.......AAAA    | ...............    | 1     | 0.47    | 0        | 0         | 2               | 0
AAAA..AAAA..       | ..CCCC..CCCC       | 0.5   | 0       | 0        | 2         | 1               | 2
"""
HALF = 0.5


def drawn(picture: str) -> list[tuple[float, float]]:
    return united([(at * HALF, (at + 1) * HALF) for at, letter in enumerate(picture) if letter in "AC"])


@pytest.mark.parametrize("case", cases(TALKS), ids=lambda case: f"{case['agent']} {case['client']}")
def test_figures_are_those_of_the_picture(case):
    found = figures(drawn(case["agent"]), drawn(case["client"]))
    told = (
        round(found.agent_share, 2),
        round(found.silence_share, 2),
        found.interruptions_by_agent,
        found.interruptions_by_client,
        found.longest_monologue_agent_s,
        found.longest_monologue_client_s,
    )
    assert told == tuple(float(case[name]) for name in list(case)[2:])


def test_of_no_speech_nothing_is_known():
    found = figures([], [])
    assert (found.talk_s, found.agent_s, found.agent_share, found.silence_share) == (0, 0, None, None)


@pytest.mark.parametrize(
    ("agent", "by_agent"),
    [
        ((1.0, 3.0), 1),  # after a second of the client's, both for a second, and a second more
        ((0.9, 3.0), 0),  # the client has only begun
        ((1.8, 3.0), 0),  # the client is about to end
        ((1.0, 2.4), 0),  # a word into the client's end
    ],
)
def test_what_counts_as_an_interruption(agent, by_agent):
    assert figures([agent], [(0.0, 2.0)]).interruptions_by_agent == by_agent


def test_sides_change_places():
    agent, client = drawn("AAAA..AAAA......AA"), drawn("..CCCCC....CCCC...")
    one, other = figures(agent, client), figures(client, agent)
    assert one.agent_share == pytest.approx(1 - other.agent_share)
    assert one.silence_share == other.silence_share
    assert one.interruptions_by_agent == other.interruptions_by_client
    assert one.longest_monologue_agent_s == other.longest_monologue_client_s
