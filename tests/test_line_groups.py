"""Lines that belong together: how they are written, and figures by group."""

import pytest

from calldash import i18n, labels
from calldash.problems import Problem
from calldash.settings import line_groups, load
from tests.conftest import Opener
from tests.drawn import cases, draw, figures, rows

GROUPS = {"Free": "+7800*", "Offices": "+7 (495) 000-00-01, +7800111*, it's", "Never": "+74950000001"}
# On the free lines two talk at once, on all lines three.
CALLS = """
    started_at | direction | client | answered | wait_s | talk_s | employee | line
    09:00      | in        | A      | yes      | 0      | 600    | Ann      | +78001110000
    09:05      | in        | B      | yes      | 0      | 600    | Bob      | +78002220000
    09:06      | in        | C      | yes      | 0      | 60     | Cyr      | +74950000001
    09:20      | in        | D      | yes      | 0      | 60     | Ann      | it's
    09:30      | in        | E      | yes      | 0      | 60     | Ann      | +78120000000
    09:40      | in        | F      | yes      | 0      | 60     | Ann      |
"""
BY_GROUP = """
    line_group    | calls | peak_parallel
    Free          | 2     | 2
    Offices       | 2     | 1
    none          | 1     | 1
    -             | 1     | 1
"""


def test_peaks_by_group(open_here: Opener) -> None:
    store = open_here(line_groups=GROUPS)
    draw(store, CALLS)
    wanted = {row["line_group"]: (int(row["calls"]), int(row["peak_parallel"])) for row in cases(BY_GROUP)}
    found = rows(store, ["calls", "peak_parallel"], ["line_group"])
    assert {row["line_group"] or "-": (row["calls"], row["peak_parallel"]) for row in found} == wanted
    assert figures(store, "peak_parallel", line_group="Free") == {"peak_parallel": 2}
    assert figures(store, "peak_parallel") == {"peak_parallel": 3}


def test_without_groups_every_line_is_in_none(open_here: Opener) -> None:
    store = open_here()
    draw(store, CALLS)
    found = {row["line_group"]: row["calls"] for row in rows(store, ["calls"], ["line_group"])}
    assert found == {"none": 5, None: 1}
    i18n.use("en")
    assert [labels.value_label("line_group", value) for value in ("none", None, "Free")] == [
        "not in a group", "not known", "Free",
    ]  # fmt: skip


WRONG = """
    name | lines
    none | +7800*
    Free |
    Free | *
    Free | +7*800
"""


@pytest.mark.parametrize("case", cases(WRONG), ids=lambda case: case["lines"])
def test_a_group_that_says_nothing_is_refused(case: dict[str, str]) -> None:
    with pytest.raises(Problem, match="line_groups"):
        load(line_groups={case["name"]: case["lines"]})


def test_numbers_are_known_however_they_are_written() -> None:
    assert line_groups.parse("a", " +7 (495) 000-00-01 ,+7 800 *, Front desk ") == (
        "+74950000001",
        "+7800*",
        "Front desk",
    )
