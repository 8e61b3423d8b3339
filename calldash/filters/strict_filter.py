"""A filter as people write it in commands and files: unlike in a URL, nonsense is an error."""

from collections.abc import Mapping

from calldash.filters import RANGES, CallFilter, from_pairs, parse_row
from calldash.metrics import DIMENSIONS
from calldash.problems import Problem


def read(pairs: Mapping[str, str], before: str = "") -> CallFilter:
    """The filter of dimensions and ranges that `pairs` describe.

    Raises Problem that names the pair which is wrong, with `before` in front of it.
    """
    for key in pairs:
        if key not in DIMENSIONS and key not in RANGES:
            known = ", ".join((*DIMENSIONS, *RANGES))
            raise Problem("There is no dimension {key}. Known are: {known}.", key=key, known=known)
    chosen = from_pairs(pairs)
    for key, text in pairs.items():
        _understood(chosen, key, text, f"{before}{key}")
    return chosen


def _understood(chosen: CallFilter, key: str, text: str, place: str) -> None:
    if key in RANGES:
        if not any(name == key for name, _low, _high in chosen.ranges):
            raise Problem("{place}={text}: write a range such as 10-60.", place=place, text=text)
        return
    found = chosen.values(key)
    if not found or len(found) != len(parse_row(text)):
        known = ", ".join(DIMENSIONS[key].values) or DIMENSIONS[key].type
        raise Problem("{place}={text}: values are {known}.", place=place, text=text, known=known)
