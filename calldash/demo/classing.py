"""What the demo company entered about its lines and its calls: tracking numbers and rules, as tables."""

from datetime import date, timedelta

from calldash.demo.company import PETERSBURG, SPAM_PREFIX

# What the line in Petersburg advertised: source, medium, campaign, from so many days ago until so many (None: still).
_LINES = (
    (PETERSBURG, "radio", "offline", "Радио, осень", 75, 41),
    (PETERSBURG, "billboard", "offline", "Щиты на Московском", 40, None),
)
# Name, what such a call is, its tag, conditions, calls and minutes of a burst.
RULES = (
    ("Обзвоны", "spam", None, (("client", "begins", (SPAM_PREFIX,)),), None, None),
    ("Короткие разговоры с сервисом", "not_target", None,
     (("queue", "is", ("Сервисная служба",)), ("talk_s", "at_most", ("45",))), None, None),
    ("Звонят подряд", "tag", "звонит подряд", (), 3, 15),
)  # fmt: skip


def lines(today: date) -> list[dict[str, str]]:
    """The table of tracking numbers, as the cells of a file."""
    found = []
    for line, source, medium, campaign, first, last in _LINES:
        row = {"line": line, "source": source, "medium": medium, "campaign": campaign}
        row["from_day"] = (today - timedelta(days=first)).isoformat()
        if last is not None:
            row["until_day"] = (today - timedelta(days=last)).isoformat()
        found.append(row)
    return found
