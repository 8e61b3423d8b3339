"""From CDR rows, alone and with the queue_log, to calls."""

import random
from pathlib import Path

import pytest
from asterisk_samples import MOSCOW, Read, build, legs_told, log, master, together, told

from calldash.providers import Context

# start   answer   end      src         dst         context       channel      dstchannel     app  data  s  billed  said  id linked no
TABLES = {
    "a ring group: the other phone is no missed call": (
        """
        10:00:00 -        10:00:08 79991110001 600 from-trunk SIP/t-00000001 SIP/201-00000002 Dial SIP/201&SIP/202 8 0 NO_ANSWER 1 1 1
        10:00:00 10:00:08 10:00:20 79991110001 600 from-trunk SIP/t-00000001 SIP/202-00000003 Dial SIP/201&SIP/202 20 12 ANSWERED 1 1 2
        """,
        "inbound answered +79991110001 8 12 202 - -",
        ["ring 201 - 0 - 8 - -", "ring 202 - 0 8 20 12 -"],
    ),
    "a ring group in vain": (
        """
        10:00:00 - 10:00:20 79991110001 600 from-trunk SIP/t-00000001 SIP/201-00000002 Dial SIP/201&SIP/202 20 0 NO_ANSWER 1 1 1
        10:00:00 - 10:00:02 79991110001 600 from-trunk SIP/t-00000001 SIP/202-00000003 Dial SIP/201&SIP/202 2 0 BUSY 1 1 2
        """,
        "inbound missed +79991110001 20 0 201 - no_answer",
        ["ring 201 - 0 - 20 - -", "ring 202 - 0 - 2 - -"],
    ),
    "busy": (
        "10:00:00 - 10:00:02 79991110001 600 from-trunk SIP/t-00000001 SIP/202-00000003 Dial SIP/202 2 0 busy 1 1 2",
        "inbound missed +79991110001 2 0 202 - busy",
        ["ring 202 - 0 - 2 - -"],
    ),
    "a technical failure": (
        "10:00:00 - 10:00:02 79991110001 600 from-trunk SIP/t-00000001 SIP/202-00000003 Dial SIP/202 2 0 Failed 1 1 2",
        "inbound missed +79991110001 2 0 202 - technical",
        ["ring 202 - 0 - 2 - -"],
    ),
    "answered by an IVR before: the CDR cannot tell when the person picked up": (
        "10:00:00 10:00:00 10:00:30 79991110001 600 from-trunk SIP/t-00000001 SIP/202-00000003 Dial SIP/202 30 30 ANSWERED 1 1 2",
        "inbound answered +79991110001 - - 202 - -",
        ["ring 202 - 0 0 30 - -"],
    ),
    "an IVR is no person": (
        "10:00:00 10:00:00 10:00:30 79991110001 600 from-trunk SIP/t-00000001 - Playback hello 30 30 ANSWERED 1 1 2",
        "inbound missed +79991110001 - 0 - - unknown",
        [],
    ),
    "voicemail is no person": (
        "10:00:00 10:00:20 10:00:40 79991110001 600 from-trunk SIP/t-00000001 SIP/202-00000003 VoiceMail 202,u 40 20 ANSWERED 1 1 2",
        "inbound missed +79991110001 - 0 - - no_answer",
        [],
    ),
    "a queue nobody left: it answered, no person did": (
        "10:00:00 10:00:00 10:01:22 79991110001 2 from-pstn SIP/t-00000001 - Queue debts,c 82 82 ANSWERED 1 1 2",
        "inbound missed +79991110001 - 0 - - abandoned",
        [],
    ),
    "a queue that gave the caller back": (
        """
        10:00:00 10:00:00 10:00:10 79991110001 2 from-pstn SIP/t-00000001 SIP/101-00000002 Queue debts,c 10 10 NO_ANSWER 1 1 2
        10:00:10 10:00:10 10:00:10 79991110001 2 from-pstn SIP/t-00000001 - Hangup - 0 0 ANSWERED 1 1 3
        """,
        "inbound missed +79991110001 - 0 101 debts no_answer",
        ["ring 101 debts 0 - 10 - -"],
    ),
    "one phone written as several legs": (
        """
        10:00:00 10:00:00 10:00:30 79991110001 2 from-pstn SIP/t-00000001 Local/101@from-queue-00000002;1 Queue debts,c 30 30 ANSWERED 1 1 2
        10:00:05 10:00:09 10:00:30 79991110001 101 from-queue Local/101@from-queue-00000002;2 SIP/101-00000003 Dial SIP/101 25 21 ANSWERED 2 1 3
        """,
        "inbound answered +79991110001 - 21 101 debts -",
        ["ring 101 debts 0 9 30 21 -"],
    ),
    "forwarded to a mobile over a trunk: a person, but no extension": (
        "10:00:00 10:00:05 10:00:30 79991110001 600 from-trunk SIP/t-00000001 SIP/gsm-00000003 Dial SIP/gsm/79990000000 30 25 ANSWERED 1 1 2",
        "inbound answered +79991110001 5 25 - - -",
        ["ring - - 0 5 30 25 -"],
    ),
    "outbound over a second trunk is one call of one employee": (
        """
        10:00:00 -        10:00:02 101 989991110001 from-internal SIP/101-00000001 SIP/a-00000002 Dial SIP/a/89991110001 2 0 CONGESTION 1 1 1
        10:00:02 10:00:07 10:00:30 101 989991110001 from-internal SIP/101-00000001 SIP/b-00000003 Dial SIP/b/89991110001 28 23 ANSWERED 1 1 2
        """,
        "outbound answered +79991110001 7 23 101 - -",
        ["dial 101 - 0 7 30 23 -"],
    ),
    "outbound that fails is unreached, without a reason": (
        "10:00:00 - 10:00:02 101 879991110001 from-internal SIP/101-00000001 SIP/a-00000002 Dial SIP/a/79991110001 2 0 FAILED 1 1 1",
        "outbound missed +79991110001 2 0 101 - -",
        ["dial 101 - 0 - 2 - -"],
    ),
    "outbound under the company's number is told by the channel": (
        "10:00:00 10:00:04 10:00:09 74950001122 89991110001 from-internal SIP/101-00000001 SIP/a-00000002 Dial SIP/a/x 9 5 ANSWERED 1 1 1",
        "outbound answered +79991110001 4 5 101 - -",
        ["dial 101 - 0 4 9 5 -"],
    ),
    "internal": (
        "10:00:00 10:00:03 10:00:09 101 102 from-internal SIP/101-00000001 SIP/102-00000002 Dial SIP/102 9 6 ANSWERED 1 1 1",
        "internal answered - 3 6 101 - -",
        ["dial 101 - 0 3 9 6 -", "ring 102 - 0 3 9 6 -"],
    ),
    "a conference counts once": (
        """
        10:00:00 10:00:00 10:00:09 79991110001 74950001122 default SIP/t-00000001 - Playback pin 9 9 ANSWERED 1 1 1
        10:00:10 10:00:10 10:20:10 79991110001 61 default SIP/t-00000001 SIP/101-00000002 ConfBridge 61 1200 1200 ANSWERED 1 1 2
        10:00:10 10:00:10 10:20:10 79991110001 61 default SIP/t-00000001 SIP/102-00000003 ConfBridge 61 1200 1200 ANSWERED 1 1 3
        10:05:10 10:05:10 10:20:10 79991110001 61 default SIP/t-00000001 SIP/103-00000004 ConfBridge 61 900 900 ANSWERED 1 1 4
        """,
        "inbound answered +79991110001 0 1200 101 - -",
        ["ring 101 - 10 10 1210 1200 -"],
    ),
    "talk lasts to the client's hang-up, over a transfer": (
        """
        10:00:00 10:00:05 10:00:25 79991110001 600 from-trunk SIP/t-00000001 SIP/201-00000002 Dial SIP/201 25 20 ANSWERED 1 1 1
        10:00:25 10:00:25 10:00:45 79991110001 301 xfer SIP/t-00000001 SIP/301-00000003 Dial SIP/301 20 20 ANSWERED 1 1 2
        """,
        "inbound answered +79991110001 5 40 201 - -",
        ["ring 201 - 0 5 25 20 -", "ring 301 - 25 25 45 - -"],
    ),
}


@pytest.mark.parametrize(("table", "call", "legs"), TABLES.values(), ids=TABLES)
def test_calls_from_the_cdr_alone(tmp_path: Path, table: str, call: str, legs: list[str]) -> None:
    rows = Read(tmp_path / "x", master(table)).rows
    (built,) = build(rows)
    assert told(built) == call
    assert legs_told(built) == legs
    assert build(rows[::-1]) == [built]


# A queue call passed on by the agent to 302, who talks to the client; one that only the CDR knows.
CDR = """
10:00:00 10:00:00 10:00:25 79991110001 608 from-trunk SIP/t-00000001 Local/111@a-00000002;1 Queue sup,t 25 25 ANSWERED 1 1 1
10:00:12 10:00:15 10:00:25 79991110001 302 xfer Local/302@x-00000003;2 SIP/302-00000004 Dial SIP/302 13 10 ANSWERED 2 1 3
10:00:25 10:00:25 10:00:45 79991110001 608 from-trunk SIP/t-00000001 SIP/302-00000004 Queue sup,t 20 20 ANSWERED 1 1 4
10:00:30 -        10:00:40 79991110002 600 from-trunk SIP/t-00000005 SIP/201-00000006 Dial SIP/201 10 0 NO_ANSWER 5 5 5
"""
QUEUE = log(
    """
    2|1|sup|NONE|ENTERQUEUE||79991110001|1
    7|1|sup|Gleb|CONNECT|5|x|2
    25|1|sup|Gleb|ATTENDEDTRANSFER|BRIDGE|x|5|18|1
    """
)
BOTH = ["inbound answered +79991110001 5 38 Gleb sup -", "inbound missed +79991110002 10 0 201 - no_answer"]
LEGS = ["queue Gleb sup 2 7 25 18 transferred", "ring Gleb sup 5 7 25 18 -", "ring 302 sup 25 25 45 20 -"]


def test_cdr_and_queue_log_meet_in_one_call_in_either_order(tmp_path: Path) -> None:
    cdr, queue = Read(tmp_path / "x", master(CDR)).rows, Read(tmp_path / "y", QUEUE).rows
    for seed in range(5):
        rows = together(cdr, queue) if seed % 2 else together(queue, cdr)
        random.Random(seed).shuffle(rows)
        calls = build(rows)
        assert [told(call) for call in calls] == BOTH
        assert legs_told(calls[0]) == LEGS


def test_the_rows_of_one_call_give_the_call(tmp_path: Path) -> None:
    rows = together(Read(tmp_path / "x", master(CDR)).rows, Read(tmp_path / "y", QUEUE).rows)
    for call in build(rows):
        assert call.id in call.refs
        assert build([row for row in rows if call.refs & set(row.refs)]) == [call]


def test_where_the_queue_log_is_cut_the_cdr_tells_the_end(tmp_path: Path) -> None:
    cdr = Read(tmp_path / "x", master(CDR)).rows
    waiting, talking = ("".join(QUEUE.splitlines(keepends=True)[:lines]) for lines in (1, 2))
    assert (
        told(build(together(cdr, Read(tmp_path / "y", talking).rows))[0])
        == "inbound answered +79991110001 5 38 Gleb sup -"
    )
    assert (
        told(build(together(cdr, Read(tmp_path / "y", waiting).rows))[0])
        == "inbound answered +79991110001 - - 111 sup -"
    )


def test_ids_may_hold_the_systems_name_and_age_by_number(tmp_path: Path) -> None:
    table = "10:00:0{0} - 10:00:09 79991110001 600 from-trunk SIP/t-0000000{0} SIP/20{0}-0000000{0} Dial x 9 0 NO_ANSWER {1} {2} {0}\n"
    text = master(table.format(1, 9, 9) + table.format(2, 9, 10)).replace('"1772', '"pbx1-1772')
    (call,) = build(Read(tmp_path / "x", text).rows)
    assert call.id == "pbx1-1772434800.9" and len(call.refs) == 2


@pytest.mark.parametrize(
    ("dialled", "client"),
    [
        ("89991110001", "+79991110001"),
        ("879991110001", "+79991110001"),
        ("9989991110001", "+79991110001"),
        ("0380441234567", "+380441234567"),
        ("810380441234567", "+380441234567"),
        ("5551234567890", "5551234567890"),
    ],
)
def test_the_prefix_of_an_outside_line_is_taken_off(tmp_path: Path, dialled: str, client: str) -> None:
    text = f"10:00:00 - 10:00:02 101 {dialled} from-internal SIP/101-00000001 SIP/a-00000002 Dial x 2 0 BUSY 1 1 1"
    assert build(Read(tmp_path / "x", master(text)).rows)[0].values["client"] == client


def test_a_context_or_a_trunk_overrides_the_number(tmp_path: Path) -> None:
    text = "10:00:00 - 10:00:02 900 200 {} SIP/bank-00000001 SIP/200-00000002 Dial x 2 0 BUSY 1 1 1"
    inside, outside = (Read(tmp_path / name, master(text.format(name))).rows for name in ("default", "from-trunk"))
    assert [build(rows)[0].values["direction"] for rows in (inside, outside)] == ["internal", "inbound"]
    by_trunk = build(inside, Context(MOSCOW.zone, options={"trunk": "^bank$"}))
    assert by_trunk[0].values["direction"] == "inbound"
