"""Numbers of people in texts written as they came, such as the audit trail: masked for who sees none whole."""

import re

from calldash.numbers import phones
from calldash.people import masking, viewer
from calldash.problems import Problem

# In an id or a file's name, then as people write them.
_PATTERNS = (re.compile(r"\+?\d{10,15}"), re.compile(r"\+?\d[\d \u00a0().-]{8,22}\d"))
_DIGITS = 5  # so many show of a masked number


def shown(text: str, region: str) -> str:
    """The text for who is asking; numbers without a country's code are of `region`."""
    if viewer.current().may("numbers"):
        return text
    for pattern in _PATTERNS:
        told = phones.normalise(pattern.findall(text), region)
        text = pattern.sub(lambda found, told=told: _masked(found[0], told[found[0]]), text)  # type: ignore[misc]
    return text


def refuse_digits(text: str) -> None:
    """Raises Problem for a search by digits of a number by who sees none whole: else it is found out by trying."""
    if sum(map(str.isdigit, text)) > _DIGITS and not viewer.current().may("numbers"):
        raise Problem("Only who sees whole numbers of clients may search by digits of them.")


def _masked(text: str, number: str | None) -> str:
    """A real number masked; an instant or an address of the network as it is."""
    return masking.masked(number) if number and number.startswith("+") else text
