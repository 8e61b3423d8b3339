"""Plain rows in whatever spelling: what each value is taken for, and what is rejected with place and reason."""

from datetime import date, datetime

import pytest

from calldash.i18n import say_reason
from calldash.problems import Problem
from calldash.providers.plain import NAMES
from calldash.store import Store
from tests.conftest import Opener
from tests.drawn import THREE, VALUES, as_csv, calls, cases, draw, outcome, take

SPELLINGS = {
    "utf-8": lambda text: text.encode(),
    "byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "cp1251": lambda text: text.encode("cp1251"),
    "utf-16": lambda text: text.encode("utf-16"),
    "LF": lambda text: text.replace("\r\n", "\n").encode(),
    "CR": lambda text: text.replace("\r\n", "\r").encode(),
    "empty lines": lambda text: text.replace("\r\n", "\n\n").encode(),
    "semicolons": lambda text: text.replace(",", ";").encode(),
    "tabs": lambda text: text.replace(",", "\t").encode(),
    "spaces around": lambda text: text.replace(",", " , ").encode(),
    "delimiter at the end": lambda text: text.replace("\r\n", ",\r\n").encode(),
    "no last line end": lambda text: text.strip().encode(),
    "all quoted": lambda text: "\r\n".join('"{}"'.format(x.replace(",", '","')) for x in text.splitlines()).encode(),
    "capitals in the header": lambda text: text.replace("started_at", "Started_At").encode(),
    "phones with spaces": lambda text: text.replace("+7900000", "8 (900) 000-").encode(),
    "other order of columns": lambda text: as_csv([dict(reversed(row.items())) for row in calls(THREE)]).encode(),
}


def test_spellings_of_one_file(store: Store) -> None:
    """Whatever the encoding, ends of line, delimiter, quotes or spelling of numbers: the calls are the same."""
    text = as_csv(calls(THREE))
    found = {}
    for name, spell in SPELLINGS.items():
        assert outcome(take(store, spell(text), system=name)) == (3, 0, 0, 0), name
        found[name] = store.rows(VALUES, [name])
    assert [row[7] for row in found["utf-8"]] == ["Анна", "Борис", "Анна"]
    assert {name: rows for name, rows in found.items() if rows != found["utf-8"]} == {}


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("id,started_at,direction,answered,mood,weather", r"Unknown columns: mood, weather\."),
        ("id,started_at,direction,answered,wait_s,wait_s", r"twice in the header: wait_s\."),
        ("id,direction,answered", "not recognised"),
        ("started_at,direction,answered", "not recognised"),
        ("id,started_at,answered", "not recognised"),
    ],
)
def test_headers_that_are_refused(store: Store, header: str, words: str) -> None:
    row = ",".join("1" for _ in header.split(","))
    with pytest.raises(Problem, match=words):
        take(store, f"{header}\n{row}\n")


WRONG = """
    column      | value                     | reason
    id          |                           | is missing
    started_at  |                           | is missing
    started_at  | 24/08/17                  | date and time
    started_at  | 24/08/17 10:00:00         | date and time
    started_at  | 0000-00-00 00:00:00       | date and time
    started_at  | 1000-01-01 00:00:00       | date and time
    started_at  | 0024-08-17T10:00:00       | date and time
    started_at  | 2026-02-30T10:00:00       | date and time
    started_at  | 2026-03-02T25:00:00       | date and time
    started_at  | 2026-03-02T10:61:00       | date and time
    started_at  | 2026-03-02                | date and time
    started_at  | 2126-03-02T10:00:00       | date and time
    started_at  | infinity                  | date and time
    started_at  | now                       | date and time
    started_at  | 02.03.2026 10:00          | date and time
    started_at  | 1772434800                | date and time
    direction   |                           | is missing
    direction   | sideways                  | one of: inbound, outbound, internal
    kind        | fax                       | one of: voice, sms, mms, data
    answered    |                           | is missing
    answered    | maybe                     | yes or no
    answered    | 2                         | yes or no
    miss_reason | bored                     | one of: off_hours
    wait_s      | -1                        | number of seconds
    wait_s      | -0.4                      | number of seconds
    wait_s      | soon                      | number of seconds
    wait_s      | true                      | number of seconds
    wait_s      | nan                       | number of seconds
    talk_s      | 99999999999               | number of seconds
    hold_s      | -5                        | number of seconds
    wrapup_s    | 5s                        | number of seconds
    cost        | free                      | number
    cost        | nan                       | number
    cost        | 9999999999999999          | number
    roaming     | perhaps                   | yes or no
    spam        | 7                         | yes or no
    outcome     | so-so                     | one of: success, failure
    sale_amount | 12,34,56                  | number
"""


def test_wrong_values_are_rejected_with_place_and_reason(store: Store) -> None:
    wrong = cases(WRONG)
    good = calls(THREE)[0]
    rows = [good | {"id": f"w{n}", "miss_reason": ""} | {case["column"]: case["value"]} for n, case in enumerate(wrong)]
    assert outcome(take(store, as_csv([*rows, good], ";"), "wrong.csv")) == (1, 0, 0, len(wrong))
    found = store.rows('SELECT file, line, "column", value, reason, "values", raw FROM rejects ORDER BY line')
    told = [(file, line, column, value) for file, line, column, value, *_ in found]
    assert told == [("wrong.csv", n, case["column"], case["value"]) for n, case in enumerate(wrong, 2)]
    for case, row in zip(wrong, found, strict=True):
        assert case["reason"] in say_reason(row[4], row[5]), case
    assert [row[6].split(";")[0] for row in found] == [row["id"] for row in rows]
    assert store.rows("SELECT id FROM calls") == [("c1",)]


TAKEN = """
    column      | value                | stored
    started_at  | 2026-03-02T10:00:00  | 2026-03-02 07:00:00
    started_at  | 2026-03-02 10:00     | 2026-03-02 07:00:00
    started_at  | 2026-3-2 9:05        | 2026-03-02 06:05:00
    started_at  | 2026-03-02T10:00:00Z | 2026-03-02 10:00:00
    started_at  | 2026-03-02T10:00Z    | 2026-03-02 10:00:00
    started_at  | 2026-3-02T10:00:00Z  | 2026-03-02 10:00:00
    started_at  | 2026-3-2T10:00:00Z   | 2026-03-02 10:00:00
    started_at  | 2026-03-02T10:00:00+10:00 | 2026-03-02 00:00:00
    started_at  | 2026-03-02 10:00:00 -05:00 | 2026-03-02 15:00:00
    started_at  | 2026-03-02T10:00:00+0530 | 2026-03-02 04:30:00
    started_at  | 2026-03-02T10:00+05  | 2026-03-02 05:00:00
    started_at  | 2026-03-02T10:00:00.900 | 2026-03-02 07:00:00
    started_at  | 2026-03-02T10:00:00.900Z | 2026-03-02 10:00:00
    direction   | Inbound              | inbound
    answered    | ДА                   | True
    answered    | Нет                  | False
    answered    | 1                    | True
    answered    | No                   | False
    answered    | TRUE                 | True
    kind        |                      | voice
    wait_s      | 0                    | 0
    wait_s      | 007                  | 7
    wait_s      | 2.4                  | 2
    wait_s      | 2.5                  | 3
    wait_s      | 0.5                  | 1
    wait_s      | 3,5                  | 4
    wait_s      | 0.4999               | 0
    wait_s      | 0:01:05              | 65
    wait_s      |                      | None
    cost        | 1 234,50             | 1234.500000
    cost        | -0.01                | -0.010000
    cost        | 0                    | 0.000000
    employee    | O'Neil, "Vera"       | O'Neil, "Vera"
    employee    | <b>x</b>             | <b>x</b>
    employee    | NULL                 | NULL
    line        | 0074951234567        | 0074951234567
    line        | 101                  | 101
    line        | 007                  | 007
    client      | anonymous            | None
    client      | Unknown              | None
    client      | 8 (916) 123-45-67    | +79161234567
    client      | +44 20 7946 0958     | +442079460958
    client      | 900                  | 900
    client      | Bank                 | Bank
    destination | 0042                 | 0042
    tags        | VIP;new              | VIP;new
"""


def test_values_that_are_understood(store: Store) -> None:
    taken = cases(TAKEN)
    rows = [calls(THREE)[0] | {"id": f"{n:03}"} | {case["column"]: case["value"]} for n, case in enumerate(taken)]
    assert outcome(take(store, as_csv(rows, "\t"))) == (len(taken), 0, 0, 0), store.rows("FROM rejects")
    stored = [store.rows(f"SELECT {case['column']} FROM calls WHERE id = '{n:03}'") for n, case in enumerate(taken)]
    told = [(case["column"], case["value"], str(found[0][0])) for case, found in zip(taken, stored, strict=True)]
    assert told == [(case["column"], case["value"], case["stored"]) for case in taken]


# Local times of the night in which the clock is set back, in New York: 1:30 at 5:30 UTC, and again at 6:30 UTC.
FALL_BACK = """
    id                    | started_at          | utc
    before                | 2025-11-02T00:59:59 | 04:59:59
    first                 | 2025-11-02T01:30:00 | 05:30:00
    after                 | 2025-11-02T02:00:00 | 07:00:00
    1762061400.10         | 2025-11-02T01:30:00 | 05:30:00
    1762065000.10         | 2025-11-02T01:30:00 | 06:30:00
    pbx-1762065000.9      | 2025-11-02T01:30:00 | 06:30:00
    1762065000            | 2025-11-02T01:30:00 | 05:30:00
    1262065000.9          | 2025-11-02T01:30:00 | 05:30:00
    1762065000.11         | 2025-11-02T01:30    | 06:30:00
    told                  | 2025-11-02T01:30:00-05:00 | 06:30:00
"""


def test_the_hour_that_the_clock_repeats(open_here: Opener) -> None:
    store = open_here(zone="America/New_York")
    night = cases(FALL_BACK)
    take(store, as_csv(calls(THREE)[0] | {name: case[name] for name in ("id", "started_at")} for case in night))
    assert dict(store.rows("SELECT id, strftime(started_at, '%H:%M:%S') FROM calls")) == {
        x["id"]: x["utc"] for x in night
    }
    assert dict(store.rows("SELECT id, hour FROM calls")) == {x["id"]: int(x["started_at"][11:13]) for x in night}


def test_a_zone_of_the_files_own(store: Store) -> None:
    receipt = draw(store, THREE, zone="Asia/Vladivostok")
    assert receipt.first_at == datetime(2026, 3, 2, 0, 0)
    assert store.rows("SELECT DISTINCT day, hour FROM calls") == [(date(2026, 3, 2), 3)]
    again = draw(store, THREE.replace("60", "61"))
    assert outcome(again) == (0, 1, 2, 0), "a system's later files are read in the zone of the earlier"
    with pytest.raises(Problem, match="no time zone Mars/Olympus"):
        draw(store, THREE, zone="Mars/Olympus")


def test_rows_too_short_and_too_long(store: Store) -> None:
    text = as_csv(calls(THREE)) + "c4,2026-03-02T10:00:00,inbound\r\nc5,2026-03-02T10:00:00,inbound,x,yes,1,1,a,b\r\n"
    assert outcome(take(store, text)) == (3, 0, 0, 2)
    found = store.rows("SELECT line, value, reason, raw FROM rejects ORDER BY line")
    assert [(line, "columns where" in reason) for line, _value, reason, _raw in found] == [(5, True), (6, True)]
    assert found[0][3] == "c4,2026-03-02T10:00:00,inbound"


def test_bytes_repaired_and_quotes_broken_keep_the_calls(store: Store) -> None:
    lines = as_csv(calls(THREE)).encode().split(b"\r\n")
    lines[1] = lines[1].replace("Анна".encode(), b"\xd0\x90\xd0\xbd\xff")
    lines[2] = lines[2].replace("Борис".encode(), b'Bo "the" "Fox')
    receipt = take(store, b"\n".join(lines))
    assert outcome(receipt) == (3, 0, 0, 0)
    assert receipt.oddities == {"repaired_lines": 1}
    assert store.rows("SELECT employee FROM calls ORDER BY id")[:2] == [("Ан�",), ('Bo "the" "Fox',)]


def test_all_columns_are_kept(store: Store) -> None:
    row = calls(THREE)[0] | {
        "kind": "voice", "line": "+74951234567", "team": "Продажи", "queue": "main", "hold_s": "3", "wrapup_s": "4",
        "cost": "1.50", "currency": "usd", "destination": "Moscow", "roaming": "no", "recording": "a/b.mp3",
        "source": "yandex", "medium": "cpc", "campaign": "Spring, sale", "spam": "no", "outcome": "success",
        "sale_amount": "99.99", "tags": "a;b",
        "keyword": "купить окна", "ad": "42", "gclid": "Cj0K", "yclid": "77", "ym_client_id": "99", "consent": "да",
    }  # fmt: skip
    assert set(NAMES) - set(row) == {"miss_reason"}
    take(store, as_csv([row]))
    found = store.frame("SELECT * FROM calls").iloc[0]
    same = (
        "line team queue hold_s wrapup_s destination recording source medium campaign outcome tags employee client id "
        "keyword ad gclid yclid ym_client_id"
    )
    assert {name: str(found[name]) for name in same.split()} == {name: row[name] for name in same.split()}
    assert (float(found["cost"]), found["currency"], float(found["sale_amount"])) == (1.5, "USD", 99.99)
    assert not found["roaming"]


MISSES = """
    wait_s | miss_reason | kind  | stored
           |             | voice | unknown
    0      |             | voice | abandoned
    12     |             | voice | abandoned
    12     | busy        | voice | busy
           | off_hours   | voice | off_hours
    12     |             | sms   | None
"""


def test_reason_of_a_miss(store: Store) -> None:
    misses = cases(MISSES)
    names = ("wait_s", "miss_reason", "kind")
    take(store, as_csv(calls(THREE)[1] | {"id": str(n)} | {x: case[x] for x in names} for n, case in enumerate(misses)))
    found = [str(row[0]) for row in store.rows("SELECT miss_reason FROM calls ORDER BY id")]
    assert found == [case["stored"] for case in misses]
