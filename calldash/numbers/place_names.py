"""Regions and carriers as the tables of `phonenumbers` name them: Russian where they have it, and its English."""

from functools import cache


def in_english(name: str) -> str:
    """The English of a region or carrier; where that would be the same for several, with the name itself."""
    return _english().get(name, name)


@cache
def _english() -> dict[str, str]:
    # Loading the tables takes half a second and 90 MB, which most commands can do without.
    from phonenumbers.carrierdata import CARRIER_DATA
    from phonenumbers.geodata import GEOCODE_DATA

    found: dict[str, str] = {}
    for table in (CARRIER_DATA, GEOCODE_DATA):
        found |= {words["ru"]: words["en"] for words in table.values() if "ru" in words and "en" in words}
    several = {name for name in found.values() if list(found.values()).count(name) > 1}
    return {name: f"{english} ({name})" if english in several else english for name, english in found.items()}
