"""Phone numbers: one spelling for each client, none for those who hide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calldash.numbers.phones import HIDDEN, normalise
from tests.drawn import cases

NUMBERS = """
    text                | region | number
    +79161234567        | RU | +79161234567
    89161234567         | RU | +79161234567
    79161234567         | RU | +79161234567
    9161234567          | RU | +79161234567
    8 (916) 123-45-67   | RU | +79161234567
    +7 916 123-45-67    | RU | +79161234567
    8.916.123.45.67     | RU | +79161234567
    8-800-555-35-35     | RU | +78005553535
    810442079460958     | RU | +442079460958
    +442079460958       | RU | +442079460958
    020 7946 0958       | GB | +442079460958
    (212) 555-0123      | US | +12125550123
    101                 | RU | 101
    0042                | RU | 0042
    900                 | RU | 900
    *21                 | RU | 21
    1111111111          | RU | 1111111111
    83422               | RU | 83422
    SIP/101             | RU | SIP/101
    Сбербанк            | RU | Сбербанк
    tel:+79161234567    | RU | +79161234567
    anonymous           | RU |
    Anonymous           | RU |
    UNKNOWN             | RU |
    <unknown>           | RU |
    Номер скрыт         | RU |
    Не определён        | RU |
    -                   | RU |
"""


@pytest.mark.parametrize("case", cases(NUMBERS), ids=lambda case: case["text"])
def test_number(case: dict[str, str]) -> None:
    assert normalise([case["text"]], case["region"]) == {case["text"]: case["number"] or None}


@given(st.integers(9_000_000_000, 9_999_999_999), st.sampled_from(["+7{}", "8{}", "7{}", "8 ({0:.3}) {0:.0}"]))
def test_the_quick_way_agrees_with_the_library(number: int, form: str) -> None:
    """The pattern that spares parsing says of each mobile number what the library says."""
    import phonenumbers

    text = form.format(str(number))
    found = normalise([text], "RU")[text]
    parsed = phonenumbers.parse(text, "RU")
    if phonenumbers.is_valid_number(parsed):
        assert found == phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    else:
        assert found is not None
        assert found.isdigit()


@given(st.text(max_size=20), st.sampled_from(["RU", "US", "KZ", "XX"]))
def test_any_text_is_a_number_or_itself(text: str, region: str) -> None:
    found = normalise([text], region)[text]
    assert found is None or found
    if found is not None:
        assert normalise([found], region)[found] == found, "a number written as stored is itself"


def test_all_words_for_a_hidden_number() -> None:
    assert set(normalise(HIDDEN, "RU").values()) == {None}
