"""CDR files as they come: orders of columns, exports, broken quotes, times."""

import csv
import random
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from asterisk_samples import BASE, MOSCOW, Read, build, master, together, told

from calldash.providers import Context, registry
from calldash.providers.asterisk import PROVIDER
from calldash.reading import open_source

# One inbound call answered by 101 after 4 s, one outbound call that was busy.
TABLE = """
10:00:01 10:00:05 10:00:25 79991110001 84950001122 from-trunk    SIP/tele-0000001a SIP/101-0000001b Dial SIP/101,30 24 20 ANSWERED  1 1 7
10:01:00 -        10:01:03 102         879991110002 from-internal SIP/102-0000001c SIP/tele-0000001d Dial SIP/tele/879991110002 3 0 BUSY 2 2 8
"""
CALLS = ["inbound answered +79991110001 4 20 101 - -", "outbound missed +79991110002 3 0 102 - -"]
ORDERS = (
    "accountcode src dst dcontext clid channel dstchannel lastapp lastdata start answer end duration billsec disposition amaflags uniqueid userfield peeraccount linkedid sequence",
    "clid src dst dcontext channel dstchannel lastapp lastdata start answer end duration billsec disposition amaflags accountcode uniqueid userfield sequence",
    "calldate clid src dst dcontext channel dstchannel lastapp lastdata duration billsec disposition amaflags accountcode uniqueid userfield linkedid sequence recordingfile",
)
CSV, CUSTOM, LAB = (order.split() for order in ORDERS)


def cells() -> list[dict[str, str]]:
    rows = [dict(zip(CSV, row, strict=True)) for row in csv.reader(master(TABLE).splitlines())]
    return [{**row, "calldate": row["start"], "recordingfile": "q.wav", "did": "", "recid": "1"} for row in rows]


def written(columns: list[str], mark: str = ",", header: bool = False) -> str:
    quoted = [mark.join('"' + row[name].replace('"', '""') + '"' for name in columns) for row in cells()]
    return "".join(f"{line}\n" for line in ([mark.join(columns)] if header else []) + quoted)


@pytest.mark.parametrize("width", [16, 17, 18, 21])
def test_csv_order_with_and_without_its_last_columns(tmp_path: Path, width: int) -> None:
    assert [told(call) for call in build(Read(tmp_path / "a", written(CSV[:width])).rows)] == CALLS


def test_csv_order_with_new_columns_but_no_ids(tmp_path: Path) -> None:
    assert [told(call) for call in build(Read(tmp_path / "a", written(CSV[:16] + CSV[18:])).rows)] == CALLS


@pytest.mark.parametrize(
    "columns", [CUSTOM[:16], CUSTOM[:18], CUSTOM, [*CUSTOM, "linkedid"], [*CUSTOM, "peeraccount", "linkedid"], LAB]
)
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_custom_orders(tmp_path: Path, columns: list[str], mark: str) -> None:
    assert [told(call) for call in build(Read(tmp_path / "a", written(columns, mark)).rows)] == CALLS


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("seed", range(3))
def test_export_with_a_header_in_any_order(tmp_path: Path, mark: str, seed: int) -> None:
    columns = [*LAB, "did", "recid"]
    random.Random(seed).shuffle(columns)
    read = Read(tmp_path / "a", written(columns, mark, header=True).rstrip("\n"))
    assert [told(call) for call in build(read.rows)] == CALLS
    assert build(read.rows)[0].values["recording"] == "q.wav"


def test_the_same_rows_have_the_same_keys_in_every_form(tmp_path: Path) -> None:
    forms = [written(CSV), written(CUSTOM), written(LAB), written([*LAB, "did"], ";", header=True)]
    keys = {tuple(row.key for row in Read(tmp_path / "a", form).rows) for form in forms}
    assert len(keys) == 1


def test_the_same_row_with_and_without_its_sequence_counts_once(tmp_path: Path) -> None:
    short, whole = Read(tmp_path / "a", written(CSV[:18])).rows, Read(tmp_path / "b", written(CSV)).rows
    assert build(together(short, whole)) == build(whole)


def test_userfield_is_not_read(tmp_path: Path) -> None:
    assert all("scenario" not in row.data.values() for row in Read(tmp_path / "a", master(TABLE)).rows)


def test_a_file_of_two_layouts_is_read_whole(tmp_path: Path) -> None:
    lines = written(CSV[:18]).splitlines()[0] + "\n" + written(CSV).splitlines()[1] + "\n"
    assert [told(call) for call in build(Read(tmp_path / "a", lines).rows)] == CALLS


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ('""Anna 1" <79991110001>"', '""Anna'),
        ('""Smith, Anna" <79991110001>"', '"Smith, Anna" <79991110001>'),
        ('"Anna "A" <79991110001>"', "Anna"),
    ],
)
def test_broken_names_are_read(tmp_path: Path, name: str, kept: str) -> None:
    text = written(LAB, header=True).replace('"""Name"" <79991110001>"', name)
    assert text != written(LAB, header=True)
    read = Read(tmp_path / "a", text)
    assert [told(call) for call in build(read.rows)] == CALLS and not read.rejects
    assert kept.strip('"') in str(read.rows[0].data["clid"])


def test_an_unterminated_quote_costs_its_own_line_only(tmp_path: Path) -> None:
    first, second = written(CSV).splitlines()
    broken = first.replace('<79991110001>"', "<79991110001>")
    read = Read(tmp_path / "a", f"{second}\n{broken}\n{second}\n{second}\n")
    assert (len(read.rows), len(read.rejects), read.rejects[0].line) == (3, 1, 2)


@pytest.mark.parametrize(
    ("old", "new", "column", "value"),
    [
        ("ANSWERED", "MAYBE", "disposition", "MAYBE"),
        ("2026-03-02 10:00:01", "yesterday", "start", "yesterday"),
        ("2026-03-02 10:00:01", "0000-00-00 00:00:00", "start", "0000-00-00 00:00:00"),
        ('"24"', '"long"', "duration", "long"),
        ('"84950001122"', '"8","495"', "", ""),
    ],
)
@pytest.mark.parametrize("header", [False, True])
def test_what_cannot_be_understood_is_rejected_with_its_place(
    tmp_path: Path, old: str, new: str, column: str, value: str, header: bool
) -> None:
    columns = ["start", *CSV[:9], *CSV[10:]] if header else CSV
    read = Read(tmp_path / "a", written(columns, header=header).replace(old, new, 1))
    assert [(one.line, one.column, one.value) for one in read.rejects] == [(1 + header, column, value)]
    assert read.rejects[0].reason.format(**read.rejects[0].values) and len(read.rows) == 1


def test_odd_but_readable_rows_are_kept_and_counted(tmp_path: Path) -> None:
    text = written(CSV).replace('"24","20"', '"5","7"').replace('"3","0"', '"-3","0"')
    read = Read(tmp_path / "a", text)
    assert len(read.rows) == 2
    assert read.source.oddities == {"billsec_over_duration": 1, "negative_seconds": 1}


def test_an_unfinished_last_line_is_left_for_the_next_time(tmp_path: Path) -> None:
    text = master(TABLE)
    read = Read(tmp_path / "a", text[:-1])
    assert len(read.rows) == 1 and not read.rejects
    assert read.source.partial == text.splitlines()[1]


@pytest.mark.parametrize(
    ("made", "started"),
    [("2025-10-26T00:29:59+00:00", "00:30:01"), ("2025-10-26T01:29:59+00:00", "01:30:01"), ("", "00:30:01")],
)
def test_the_ids_epoch_decides_the_hour_that_comes_twice(tmp_path: Path, made: str, started: str) -> None:
    berlin = Context(ZoneInfo("Europe/Berlin"))
    made_at = f"{datetime.fromisoformat(made).timestamp():.0f}" if made else "x"
    text = written(CSV, header=True).replace("2026-03-02 10:00", "2025-10-26 02:30").replace(str(BASE), made_at)
    assert build(Read(tmp_path / "a", text, berlin).rows, berlin)[0].values["started_at"] == f"2025-10-26T{started}Z"


@pytest.mark.parametrize(("date", "day"), [("2/3/2026", "02"), ("02.03.2026", "02"), ("3/2/2026", "02")])
def test_the_ids_epoch_tells_day_from_month(tmp_path: Path, date: str, day: str) -> None:
    read = Read(tmp_path / "a", written(CSV).replace("2026-03-02", date))
    assert build(read.rows)[0].values["started_at"] == f"2026-03-{day}T07:00:01Z"


def test_only_asterisks_files_are_recognised(tmp_path: Path) -> None:
    others = {
        "plain": "id,started_at,direction,answered\n1,2026-03-02 10:00,inbound,1\n",
        "freeswitch": '"","8001","8002","default","""A"" <8001>","sofia/a","sofia/b","bridge","x","2026-03-02 10:00:01",'
        '"2026-03-02 10:00:05","2026-03-02 10:00:25",24,20,"NORMAL_CLEARING","3","5a-b","x"\n',
        "cel": '"CHAN_START","1772434800.1","Name","7999","","","","w","callers","SIP/a-1","","","3","","1772434800.1","1772434800.1","","","",""\n',
        "bars": "1|2|3|4|5\n6|7|8|9|10\n",
        "json": '[{"uniqueid": "1"}]\n',
    }
    for name, text in others.items():
        path = tmp_path / name
        path.write_text(text)
        assert not PROVIDER.recognise(open_source(path, 1 << 20).sample), name


def test_the_registry_gives_asterisk_for_its_files(tmp_path: Path) -> None:
    sample = Read(tmp_path / "calls.txt", master(TABLE)).source.sample
    assert [key for key, provider in registry().items() if provider.recognise(sample)] == ["asterisk"]


def test_options_change_what_an_extension_is(tmp_path: Path) -> None:
    rows = Read(tmp_path / "a", master(TABLE)).rows
    context = Context(MOSCOW.zone, options={"internal": "9{3}"})
    assert [call.values["direction"] for call in build(rows, context)] == ["inbound", "inbound"]
