"""queue_log files as they come: native, table exports, cut and odd ones; what their visits become."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from asterisk_samples import BASE, Read, build, legs_told, log, together, told

from calldash.providers import Context

# 1 is answered at the second ring, 2 hangs up, 3 finds nobody; Ann takes a break.
LOG = log(
    """
    0|1|sales|NONE|ENTERQUEUE||79991110001|1
    3|2|sales|NONE|ENTERQUEUE||79991110002|2
    9|1|sales|Bob|RINGNOANSWER|8000
    12|1|sales|Ann_Lee|CONNECT|12|x.1|3
    20|2|sales|NONE|ABANDON|1|2|17
    42|1|sales|Ann_Lee|COMPLETECALLER|12|30|1
    50|NONE|sales|Ann_Lee|PAUSE|Lunch
    60|3|night|NONE|ENTERQUEUE||79991110003|1
    60|3|night|NONE|EXITEMPTY|1|1|0
    70|NONE|NONE|NONE|CONFIGRELOAD|
    """
)
CALLS = [
    "inbound answered +79991110001 12 30 Ann_Lee sales -",
    "inbound missed +79991110002 17 0 - sales abandoned",
    "inbound missed +79991110003 0 0 - night no_agents",
]
# The same as two kinds of tables hold it; one with times of its own and the caller's number among the parameters.
DATA = "id,time,callid,queuename,agent,event,data1,data2,data3,data4,data5\n" + "".join(
    f"{number},{','.join((line.split('|') + [''] * 6)[:10])}\n" for number, line in enumerate(LOG.splitlines())
)
OWN = f"""uid,date_time,callid,queue_name,type,event,param1,param2,param3,entpos,expos,htime,ttime,time
1,{BASE},{BASE}.1,sales,NONE,ENTERQUEUE,79991110001,,,1,0,0,0,"2026-03-02 10:00:00"
2,{BASE + 3},{BASE}.2,sales,NONE,ENTERQUEUE,79991110002,,,2,0,0,0,"2026-03-02 10:00:04"
3,{BASE + 9},{BASE}.1,sales,Bob,RINGNOANSWER,79991110001,,,1,1,8000,0,"2026-03-02 10:00:09"
4,{BASE + 12},{BASE}.1,sales,Ann Lee,CONNECT,,x.1,3,0,0,12,0,"2026-03-02 10:00:12"
5,{BASE + 20},{BASE}.2,sales,NONE,ABANDON,79991110002,,,2,1,17,0,"2026-03-02 10:00:20"
6,{BASE + 42},{BASE}.1,sales,Ann Lee,COMPLETECALLER,79991110001,,,1,0,12,30,"2026-03-02 10:00:42"
7,{BASE + 50},NONE,sales,Ann Lee,PAUSE,Lunch,,,0,0,0,0,"2026-03-02 10:00:50"
8,{BASE + 60},{BASE}.3,night,NONE,ENTERQUEUE,79991110003,,,1,0,0,0,"2026-03-02 10:01:00"
9,{BASE + 60},{BASE}.3,night,NONE,EXITEMPTY,79991110003,,,1,1,0,0,"2026-03-02 10:01:00"
10,{BASE + 70},NONE,NONE,NONE,CONFIGRELOAD,,,,0,0,0,0,"2026-03-02 10:01:10"
"""
DATED = DATA
for _second in (0, 3, 9, 12, 20, 42, 50, 60, 70):
    DATED = DATED.replace(f",{BASE + _second},", f",2026-03-02 10:{_second // 60:02}:{_second % 60:02}.123456,")


@pytest.mark.parametrize("text", [LOG, DATA, OWN, DATED, DATA.replace(",", ";"), DATA.replace(",", "\t")])
def test_every_form_gives_the_same_calls_under_the_same_keys(tmp_path: Path, text: str) -> None:
    read = Read(tmp_path / "x", text)
    assert [told(call) for call in build(read.rows)] == CALLS
    assert read.ignored == {"ignored_event CONFIGRELOAD": 1} and not read.rejects
    native = Read(tmp_path / "y", LOG).rows
    assert build(together(read.rows, native)) == build(native) == build(together(native, read.rows)[::-1])
    assert {row.key for row in read.rows} == {row.key for row in native}


def test_legs_tell_who_rang_and_who_waited_where(tmp_path: Path) -> None:
    answered, gave_up, nobody = build(Read(tmp_path / "x", LOG).rows)
    assert legs_told(answered) == [
        "queue Ann Lee sales 0 12 42 30 completed",
        "ring Bob sales 1 - 9 - -",
        "ring Ann Lee sales 9 12 42 30 -",
    ]
    assert legs_told(gave_up) == ["queue - sales 3 - 20 - abandoned"]
    assert legs_told(nobody) == ["queue - night 60 - 60 - empty"]


def test_agent_status_is_kept_but_belongs_to_no_call(tmp_path: Path) -> None:
    status = [row for row in Read(tmp_path / "x", LOG).rows if not row.refs]
    assert [(row.part, row.data["event"], row.data["agent"], row.data["data"]) for row in status] == [
        ("agent_status", "PAUSE", "Ann Lee", "Lunch")
    ]


@pytest.mark.parametrize("cut", range(1, len(LOG.splitlines())))
def test_a_log_cut_anywhere_and_then_whole_is_as_the_whole(tmp_path: Path, cut: int) -> None:
    lines = LOG.splitlines(keepends=True)
    part = Read(tmp_path / "x", "".join(lines[:cut]) + lines[cut][:25])
    whole = Read(tmp_path / "y", LOG)
    assert part.source.partial == lines[cut][:25] and not part.rejects
    assert len(part.rows) + part.ignored.total() == cut
    assert build(together(part.rows, whole.rows)) == build(whole.rows)


ENDS = [
    ("COMPLETEAGENT|5|7|1", "inbound answered +79991110001 5 7 Ann q -", "completed"),
    ("COMPLETECALLER|5|0|1", "inbound answered +79991110001 5 0 Ann q -", "completed"),
    ("BLINDTRANSFER|301|xfer|5|7|1", "inbound answered +79991110001 5 7 Ann q -", "transferred"),
    ("TRANSFER|301|xfer|5|7|1", "inbound answered +79991110001 5 7 Ann q -", "transferred"),
    ("ATTENDEDTRANSFER|BRIDGE|x|5|7|1", "inbound answered +79991110001 5 7 Ann q -", "transferred"),
]


@pytest.mark.parametrize(("end", "call", "reason"), ENDS)
def test_ends_of_an_answered_visit(tmp_path: Path, end: str, call: str, reason: str) -> None:
    text = log(f"0|1|q|NONE|ENTERQUEUE||79991110001|1\n5|1|q|Ann|CONNECT|5|x|5\n12|1|q|Ann|{end}")
    (built,) = build(Read(tmp_path / "x", text).rows)
    assert told(built) == call and built.legs[0].reason == reason


WAITED = [
    ("ABANDON|1|1|9", 9, "abandoned", "abandoned"),
    ("ABANDON|1|1|", 9, "abandoned", "abandoned"),
    ("EXITWITHTIMEOUT|1|1|9", 9, "no_answer", "timeout"),
    ("EXITEMPTY|1|1|9", 9, "no_agents", "empty"),
    ("EXITWITHKEY|1|1|1|9", 9, "abandoned", "key"),
]


@pytest.mark.parametrize(("end", "wait", "miss", "reason"), WAITED)
def test_ends_of_a_visit_in_vain(tmp_path: Path, end: str, wait: int, miss: str, reason: str) -> None:
    text = log(f"0|1|q|NONE|ENTERQUEUE||79991110001|1\n9|1|q|NONE|{end}")
    (built,) = build(Read(tmp_path / "x", text).rows)
    assert told(built) == f"inbound missed +79991110001 {wait} 0 - q {miss}" and built.legs[0].reason == reason


ODD = {
    "only waiting is no call yet": ("0|1|q|NONE|ENTERQUEUE||79991110001|1", []),
    "who talks was answered, his talk is not known yet": (
        "0|1|q|NONE|ENTERQUEUE||79991110001|1 4|1|q|Ann|CONNECT|4|x|2",
        ["inbound answered +79991110001 4 - Ann q -"],
    ),
    "an end without a beginning invents no call": ("9|1|q|NONE|ABANDON|1|1|9", []),
    "a call answered before the log began is one": (
        "9|1|q|Ann|COMPLETEAGENT|5|7|1",
        ["inbound answered - 5 7 Ann q -"],
    ),
    "a second end says nothing new": (
        "0|1|q|NONE|ENTERQUEUE||79991110001|1 4|1|q|Ann|CONNECT|4|x|2 9|1|q|Ann|COMPLETEAGENT|4|5|1 9|1|q|Ann|COMPLETECALLER|4|5|1",
        ["inbound answered +79991110001 4 5 Ann q -"],
    ),
    "from queue to queue is one call and one wait": (
        "0|1|a|NONE|ENTERQUEUE||79991110001|1 8|1|a|NONE|EXITWITHTIMEOUT|1|1|8 8|1|b|NONE|ENTERQUEUE||79991110001|1 "
        "20|1|b|Ann|CONNECT|12|x|2 30|1|b|Ann|COMPLETEAGENT|12|10|1",
        ["inbound answered +79991110001 20 10 Ann b -"],
    ),
    "twice in one queue within a second is two visits of one call": (
        "0|1|q|NONE|ENTERQUEUE||79991110001|1 8|1|q|NONE|EXITWITHTIMEOUT|1|1|8 8|1|q|NONE|ENTERQUEUE||79991110001|1 "
        "9|1|q|NONE|ABANDON|1|1|1",
        ["inbound missed +79991110001 9 0 - q abandoned"],
    ),
    "a hidden number is no client": (
        "0|1|q|NONE|ENTERQUEUE||anonymous|1 8|1|q|NONE|ABANDON|1|1|8",
        ["inbound missed - 8 0 - q abandoned"],
    ),
    "an extension in a queue is an internal call": (
        "0|1|q|NONE|ENTERQUEUE||101|1 8|1|q|NONE|ABANDON|1|1|8",
        ["internal missed - 8 0 - q -"],
    ),
    "devices are called by their extension, agents by their name": (
        "0|1|q|NONE|ENTERQUEUE||79991110001|1 5|1|q|Local/103@from-queue/n|RINGNOANSWER|1000 6|1|q|Agent/7|RINGNOANSWER|1000 "
        "7|1|q|SIP/104|CONNECT|7|x|1 9|1|q|SIP/104|COMPLETEAGENT|7|2|1",
        ["inbound answered +79991110001 7 2 104 q -"],
    ),
    "a consultation is the client's call": (
        "0|1|q|NONE|ENTERQUEUE||79991110001|1 2|1|q|Ann|CONNECT|2|x|2 11|9|q|NONE|ENTERQUEUE||79991110001|1 "
        "13|9|q|Bob|CONNECT|2|x|2 23|1|q|Ann|ATTENDEDTRANSFER|BRIDGE|x|2|21|1 33|9|q|Bob|COMPLETEAGENT|2|20|1",
        ["inbound answered +79991110001 2 31 Ann q -"],
    ),
    "a second call of the client after the transfer is another": (
        "0|1|q|NONE|ENTERQUEUE||79991110001|1 2|1|q|Ann|CONNECT|2|x|2 23|1|q|Ann|ATTENDEDTRANSFER|BRIDGE|x|2|21|1 "
        "24|9|q|NONE|ENTERQUEUE||79991110001|1 33|9|q|NONE|ABANDON|1|1|9",
        ["inbound answered +79991110001 2 21 Ann q -", "inbound missed +79991110001 9 0 - q abandoned"],
    ),
}


@pytest.mark.parametrize(("text", "calls"), ODD.values(), ids=ODD)
def test_odd_logs(tmp_path: Path, text: str, calls: list[str]) -> None:
    rows = Read(tmp_path / "x", log(text)).rows
    assert [told(call) for call in build(rows)] == calls
    assert build(rows[::-1]) == build(rows)


def test_legs_of_two_visits_and_of_devices(tmp_path: Path) -> None:
    text, _ = ODD["twice in one queue within a second is two visits of one call"]
    (call,) = build(Read(tmp_path / "x", log(text)).rows)
    assert legs_told(call) == ["queue - q 0 - 8 - timeout", "queue - q 8 - 9 - abandoned"]
    text, _ = ODD["devices are called by their extension, agents by their name"]
    (call,) = build(Read(tmp_path / "x", log(text)).rows)
    assert [leg.employee for leg in call.legs] == ["104", "103", "Agent/7", "104"]


def test_equal_lines_of_one_second_are_two_rows(tmp_path: Path) -> None:
    text = log(
        "0|1|q|NONE|ENTERQUEUE||79991110001|1" + "\n9|1|q|Bob|RINGNOANSWER|1000" * 2 + "\n9|1|q|NONE|ABANDON|1|1|9"
    )
    rows = Read(tmp_path / "x", text).rows
    assert len(together(rows)) == 4
    assert together(rows, Read(tmp_path / "y", text).rows) == Read(tmp_path / "y", text).rows
    assert [leg.kind for leg in build(rows)[0].legs] == ["queue", "ring", "ring"]


@pytest.mark.parametrize(
    ("line", "column", "value"),
    [
        ("soon|1.1|q|NONE|ENTERQUEUE||7999|1", "time", "soon"),
        (f"{BASE}|NONE|q|NONE|ENTERQUEUE||7999|1", "callid", "NONE"),
        (f"{BASE}|1.1|q|Ann|CONNECT|long|x|1", "data1", "long"),
        (f"{BASE}|1.1|q|Ann|!!|1", "event", "!!"),
        (f"{BASE}|1.1|q", "", ""),
    ],
)
def test_lines_that_cannot_be_understood_are_rejected_with_their_place(
    tmp_path: Path, line: str, column: str, value: str
) -> None:
    read = Read(tmp_path / "x", LOG + line + "\n")
    assert [(one.line, one.column, one.value) for one in read.rejects] == [(11, column, value)]
    assert read.rejects[0].reason.format(**read.rejects[0].values)


def test_events_never_seen_before_are_named(tmp_path: Path) -> None:
    read = Read(tmp_path / "x", LOG + log("80|1|q|NONE|OUTDIAL|x\n80|1|q|NONE|OUTDIAL|y\n81|1|q|NONE|SURVEY_1|x|"))
    assert read.ignored == {"ignored_event CONFIGRELOAD": 1, "ignored_event OUTDIAL": 2, "ignored_event SURVEY 1": 1}


def test_the_callids_epoch_decides_the_hour_that_comes_twice(tmp_path: Path) -> None:
    header = "time,callid,queuename,agent,event,data1,data2,data3\n"
    rows = "".join(f"2025-10-26 01:05:00,{at}.1,q,NONE,ENTERQUEUE,,7999,1\n" for at in (1761437100, 1761440700))
    read = Read(tmp_path / "x", header + rows, Context(ZoneInfo("Europe/Lisbon")))
    assert [row.data["at"] for row in read.rows] == [1761437100, 1761440700]
