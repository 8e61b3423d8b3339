"""Rules in words: lengths with their unit, as everywhere."""

import pytest

from calldash import i18n
from calldash.store.rule_conditions import Condition
from calldash.ui import rule_words
from tests.drawn import cases

SAID = """
    column | comparison | value | ru                                | en
    talk_s | at_most    | 45    | Разговор не больше 0:45           | Talk at most 0:45
    wait_s | at_least   | 90.5  | Ожидание не меньше 1:31           | Wait at least 1:31   
    talk_s | at_most    | long  | Разговор не больше long           | Talk at most long
    hour   | at_least   | 20    | Час не меньше 20                  | Hour at least 20
"""


@pytest.mark.parametrize("case", cases(SAID), ids=lambda case: case["column"] + case["value"])
@pytest.mark.parametrize("code", ["ru", "en"])
def test_a_condition(case: dict[str, str], code: str) -> None:
    i18n.use(code)
    assert rule_words.condition(Condition(case["column"], case["comparison"], (case["value"],))) == case[code]
