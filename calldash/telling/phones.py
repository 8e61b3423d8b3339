"""A phone number as people read it, and what its digits tell: the place and the carrier. Pure."""

from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat


@lru_cache(maxsize=20_000)
def shown(number: str) -> str:
    """An E.164 number in groups (+7 900 000-00-00); anything else as it stands."""
    parsed = _parsed(number)
    return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL) if parsed else number


@lru_cache(maxsize=2_000)
def place(number: str, language: str) -> tuple[str, ...]:
    """The region or country of a number and the carrier its range was given to, as far as they are known."""
    # Reading the tables of the world's numbers takes seconds: only who opens a call waits for them, once.
    from phonenumbers import carrier, geocoder

    parsed = _parsed(number)
    if parsed is None:
        return ()
    found = (geocoder.description_for_number(parsed, language), carrier.name_for_number(parsed, language))
    return tuple(text for text in found if text)


def _parsed(number: str) -> PhoneNumber | None:
    if not number.startswith("+"):
        return None
    try:
        parsed = phonenumbers.parse(number)
    except NumberParseException:
        return None
    return parsed if phonenumbers.is_valid_number(parsed) else None
