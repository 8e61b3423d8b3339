"""Why calls were missed: one cause each, told from reasons, hours, waits, and who was talking at that moment."""

import pytest

from calldash.asking import ask
from calldash.filters import from_pairs
from tests.drawn import as_csv, calls, cases, figures, listed, take

# Monday to Friday 9-18. Ann and Bob are rung in q, Eve in r; Bob's talk began before the miss at 10:00 and ends after.
CAUSES = """
started_at | direction | client | answered | wait_s | talk_s | employee | queue | miss_reason | spam  | cause
08:59:59   | in        | A      | false    | 30     | 0      |          | q     | abandoned   |       | closed
18:00      | in        | A      | false    | 30     | 0      |          | q     |             |       | closed
12:00      | in        | A      | false    | 30     | 0      |          |       | off_hours   |       | closed
12:01      | in        | A      | false    | 30     | 0      |          |       | no_agents   |       | nobody
12:02      | in        | A      | false    | 30     | 0      |          |       | busy        |       | all_busy
12:03      | in        | A      | false    | 30     | 0      | Ann      |       | no_answer   |       | rang_out
12:04      | in        | A      | false    | 4      | 0      |          |       | abandoned   |       | left_short
12:05      | in        | A      | false    | 5      | 0      |          |       | abandoned   |       | left_10
12:06      | in        | A      | false    | 10     | 0      |          |       | abandoned   |       | left_20
12:07      | in        | A      | false    | 29     | 0      |          |       | abandoned   |       | left_30
12:08      | in        | A      | false    | 30     | 0      |          |       | abandoned   |       | left_60
12:09      | in        | A      | false    | 60     | 0      |          |       | abandoned   |       | left_later
12:10      | in        | A      | false    |        | 0      |          |       | unknown     |       | unknown
12:11      | in        | A      | false    | 3      | 0      |          |       | technical   |       | technical
12:12      | in        | A      | false    | 30     | 0      |          |       | rejected    |       | rejected
12:13      | in        | A      | false    | 30     | 0      |          |       | blocked     |       | rejected
12:14      | in        | A      | false    | 30     | 0      |          |       | abandoned   | true  |
12:15      | in        | A      | true     | 5      | 30     | Ann      | r     |             |       |
12:16      | out       | A      | false    |        | 0      | Ann      |       |             |       |
"""


def causes(store):
    found = ask(store, ["missed_calls"], ["miss_cause"])
    found = found[found["missed_calls"] > 0]
    return dict(zip(found["miss_cause"], found["missed_calls"], strict=True))


def test_each_missed_call_has_one_cause(store):
    take(store, as_csv({name: value for name, value in row.items() if name != "cause"} for row in calls(CAUSES)))
    wanted: dict[str, int] = {}
    for row in cases(CAUSES):
        if row["cause"]:
            wanted[row["cause"]] = wanted.get(row["cause"], 0) + 1
    assert causes(store) == wanted
    told = figures(store, "missed_calls spam_calls off_hours_missed open_missed_share")
    assert told == {"missed_calls": 16, "spam_calls": 1, "off_hours_missed": 2, "open_missed_share": 14 / 15}
    for cause, count in wanted.items():
        assert len(listed(store, from_pairs({"miss_cause": cause}))) == count


# Who is rung in a queue is a member of it: Ann and Bob of q, Eve of r. What the miss at 10:00 of q finds is varied.
BUSY = """
case                        | ann          | bob          | miss           | busy
both talk all the time      | 09:59-10:02  | 09:58-10:05  | 10:00-10:01    | yes
one is free when he comes   | 10:00:10-10:02 | 09:58-10:05 | 10:00-10:01   | no
one is free when he leaves  | 09:59-10:00:30 | 09:58-10:05 | 10:00-10:01   | no
one talks twice between     | 09:50-10:00:20 | 09:58-10:05 | 10:00-10:00:15 | yes
a talk ends as he comes     | 09:59-10:00  | 09:58-10:05  | 10:00-10:01    | no
nobody talks                | 11:00-11:01  | 11:00-11:01  | 10:00-10:01    | no
"""


def instant_of(text):
    parts = [int(part) for part in text.split(":")] + [0]
    return parts[0] * 3600 + parts[1] * 60 + parts[2]


def row(number, span, **more):
    begins, ends = (instant_of(part) for part in span.split("-"))
    clock = f"2026-03-02T{begins // 3600:02}:{begins // 60 % 60:02}:{begins % 60:02}"
    return {"id": number, "started_at": clock, "direction": "inbound", "client": f"+790000001{number:02}"} | more | {
        "wait_s": 0 if more["answered"] == "yes" else ends - begins,
        "talk_s": ends - begins if more["answered"] == "yes" else 0,
    }  # fmt: skip


def drawn(case, **miss):
    rung = {"answered": "yes", "queue": "q"}
    return [
        row(1, "09:00-09:01", employee="Ann", **rung),
        row(2, "09:00-09:01", employee="Bob", **rung),
        row(3, case["ann"], employee="Ann", **(rung | {"queue": ""})),
        row(4, case["bob"], employee="Bob", **(rung | {"queue": ""})),
        row(5, case["miss"], employee="", **({"answered": "no", "queue": "q"} | miss)),
    ]


def is_busy(store):
    return store.rows("SELECT count(*) FROM calls WHERE all_busy")[0][0]


@pytest.mark.parametrize("case", cases(BUSY), ids=lambda case: case["case"])
def test_everybody_in_the_queue_was_talking(store, case):
    take(store, as_csv(drawn(case)))
    assert is_busy(store) == (case["busy"] == "yes")
    assert causes(store).get("all_busy", 0) == (case["busy"] == "yes")


def test_who_was_not_rung_for_long_is_no_member(open_here):
    drawn_calls = drawn(cases(BUSY)[0])
    old = {"id": 9, "started_at": "2026-01-20T12:00:00", "direction": "inbound", "client": "", "answered": "yes",
           "employee": "Gone", "queue": "q", "wait_s": 0, "talk_s": 60}  # fmt: skip
    store = open_here()
    take(store, as_csv([*drawn_calls, old]))
    assert is_busy(store) == 1
    store = open_here(queue_member_days=60)  # another setting computes the fact anew
    assert is_busy(store) == 0


def test_a_queue_without_known_members_is_not_called_busy(store):
    take(store, as_csv(drawn(cases(BUSY)[0], queue="new")))
    assert is_busy(store) == 0


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (4, 0, 3, 1, 2)])
def test_the_order_of_files_changes_nothing(store, order):
    drawn_calls = drawn(cases(BUSY)[0])
    for place in order:
        take(store, as_csv([drawn_calls[place]]), f"{place}.csv")
    assert is_busy(store) == 1


def test_a_talk_that_turns_out_shorter_makes_it_not_busy(store):
    drawn_calls = drawn(cases(BUSY)[0])
    take(store, as_csv(drawn_calls))
    take(store, as_csv([drawn_calls[2] | {"talk_s": 10}]), "corrected.csv")
    assert is_busy(store) == 0
