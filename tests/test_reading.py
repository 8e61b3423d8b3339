"""From bytes to records: encodings, line ends, delimiters, quotes. No provider, no store."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calldash.problems import Problem
from calldash.reading import Columns, open_source
from calldash.reading.records import guess_delimiter, records
from calldash.reading.tables import LINE, RAW
from calldash.reading.text import blocks, encoding_of

HEADER = "a,b,c\n"


def read(path: Path, content: bytes) -> tuple[list[tuple[int, ...]], list[int], str | None]:
    """Rows of a file with a header of three columns (each with its line), lines rejected, the unfinished line."""
    path.write_bytes(content)
    source = open_source(path, 1 << 20)
    rows, rejected = [], []
    for part in source.batches(Columns(source.sample.header, source.sample.delimiter)):
        rows += [(row[LINE], row["a"], row["b"], row["c"]) for row in part.table.to_pylist()]
        rejected += [reject.line for reject in part.rejects]
    return rows, rejected, source.partial


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"a,b,c\n1,2,3\n", [(2, "1", "2", "3")]),
        (b"\xef\xbb\xbfa,b,c\n1,2,3\n", [(2, "1", "2", "3")]),
        (b"a,b,c\r\n1,2,3\r\n4,5,6\r\n", [(2, "1", "2", "3"), (3, "4", "5", "6")]),
        (b"a,b,c\r1,2,3\r4,5,6\r", [(2, "1", "2", "3"), (3, "4", "5", "6")]),
        (b"a;b;c\n1,5;2;3\n", [(2, "1,5", "2", "3")]),
        (b"a\tb\tc\n1\t2\t3\n", [(2, "1", "2", "3")]),
        (b"a|b|c\n1|2|3\n", [(2, "1", "2", "3")]),
        (b"a,b,c\n\n1,2,3\n\n4,5,6\n", [(3, "1", "2", "3"), (5, "4", "5", "6")]),
        (b'a,b,c\n"1,1","say ""hi""",3\n', [(2, "1,1", 'say "hi"', "3")]),
        (b'a,b,c\n1,"two\nlines",3\n4,5,6\n', [(2, "1", "two\nlines", "3"), (4, "4", "5", "6")]),
        (b'a,b,c\n1,"open,3\n4,5,6\n7,8,9\n', [(3, "4", "5", "6"), (4, "7", "8", "9")]),
        (b'a,b,c\n1,Bob "the" Fox,3\n4,5" tall,6\n7,8,9\n', [
            (2, "1", 'Bob "the" Fox', "3"), (3, "4", '5" tall', "6"), (4, "7", "8", "9")]),
        (b"a,b,c\n+7,007,0.10\n", [(2, "+7", "007", "0.10")]),
        ("a,b,c\nда,нет,Анна\n".encode("cp1251"), [(2, "да", "нет", "Анна")]),
        ("a,b,c\nда,нет,Анна\n".encode("utf-16"), [(2, "да", "нет", "Анна")]),
        (b"a,b,c,\n1,2,3,\n", [(2, "1", "2", "3")]),
        (b"a,b,c\n1,2,3,,\n", [(2, "1", "2", "3")]),
        (b"a,b,c\n1,2,3", [(2, "1", "2", "3")]),
    ],
)  # fmt: skip
def test_rows(tmp_path: Path, content: bytes, wanted: list[tuple[object, ...]]) -> None:
    rows, _rejected, partial = read(tmp_path / "some.csv", content)
    assert rows == wanted
    assert partial is None


@pytest.mark.parametrize(
    ("content", "rows", "rejected", "partial"),
    [
        (b"a,b,c\n1,2\n3,4,5\n", 1, [2], None),
        (b"a,b,c\n1,2,3,4\n3,4,5\n", 1, [2], None),
        (b"a,b,c\n1,2,3\n4,5", 1, [], "4,5"),
        (b"a,b,c\n1,2,3\n4,5\n", 1, [3], None),
        (b'a,b,c\n1,"open,3\n4,5,6\n', 1, [2], None),
    ],
)
def test_lines_that_are_no_rows(tmp_path: Path, content: bytes, rows: int, rejected: list[int], partial: str) -> None:
    found = read(tmp_path / "some.csv", content)
    assert (len(found[0]), found[1], found[2]) == (rows, rejected, partial)


def test_an_open_quote_does_not_swallow_the_rest(tmp_path: Path) -> None:
    broken = {100: '100,"x,100', 150: '150,"x,150', 300: '300,"x,300', 310: '310,x",310', 400: '400,5" x,400'}
    lines = [broken.get(number, f"{number},x,{number}") + "\n" for number in range(1000)]
    rows, rejected, _partial = read(tmp_path / "some.csv", (HEADER + "".join(lines)).encode())
    assert rejected == [102, 152, 302]
    assert len(rows) == 997


def test_bytes_that_are_no_text_are_repaired_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_bytes("a,b,c\n1,Пётр,3\n".encode() + b"2,\xd0\xff\xfe,3\n4,5,6\n")
    source = open_source(path, 1 << 20)
    rows = [row for part in source.batches(Columns(source.sample.header, ",")) for row in part.table.to_pylist()]
    assert [row["a"] for row in rows] == ["1", "2", "4"]
    assert rows[0]["b"] == "Пётр"
    assert "�" in rows[1]["b"]
    assert source.oddities == {"repaired_lines": 1}


def test_the_raw_line_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_bytes(b'a,b,c\n1, "q" ,3\nx,"two\nlines",3\n')
    source = open_source(path, 1 << 20)
    parts = list(source.batches(Columns(source.sample.header, ",")))
    assert [row[RAW] for part in parts for row in part.table.to_pylist()] == ['1, "q" ,3', 'x,"two\nlines",3']


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b"plain", "utf-8"),
        ("Анна".encode(), "utf-8"),
        ("Анна Смирнова".encode("cp1251") + b", no, 12, 13", "cp1251"),
        (b"a,b\n1," + "Анна".encode() + b"\n2,\xff\xfe,3\n4,5,6,7", "utf-8"),
        (b"\xff\xfea\x00", "utf-16-le"),
        (b"a,b\n1,\xd0", "utf-8"),
    ],
)
def test_encoding(head: bytes, encoding: str) -> None:
    assert encoding_of(head)[0] == encoding


@given(
    st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=8), max_size=12),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
    st.integers(2, 40),
)
def test_lines_do_not_depend_on_how_the_file_is_cut_into_blocks(
    lines: list[str], end: str, finished: bool, size: int
) -> None:
    """Every line once, with its number, whatever the block size (even in the middle of a letter or of CR LF)."""
    text = end.join(lines) + (end if finished else "")
    found = list(blocks(io.BytesIO(text.encode()), "utf-8", size))
    assert "".join(block.text for block in found) == text.replace(end, "\n")
    firsts = [1]
    for block in found:
        assert block.first == firsts[-1]
        assert block.repaired == 0
        firsts.append(firsts[-1] + block.text.count("\n"))
    assert all(block.complete for block in found[:-1])
    assert not found or found[-1].complete == text.endswith(end)


# A line within quotes that looks like a whole record could be one behind a broken quote: no commas here.
FIELDS = st.lists(st.text("ab \"';\n\tяё", max_size=5), min_size=3, max_size=3)


@given(st.lists(FIELDS, max_size=8))
def test_what_a_csv_writer_wrote_is_read_back(rows: list[list[str]]) -> None:
    quoted = ['"' + '","'.join(cell.replace('"', '""') for cell in row) + '"' for row in rows]
    found = [fields for _line, _raw, fields in records("\n".join(quoted).split("\n"), 1, ",", {3})]
    assert found == rows


@given(st.lists(st.text('ab",\n', max_size=12), max_size=20))
def test_broken_quotes_never_lose_a_line(lines: list[str]) -> None:
    """Every line that is not empty is in exactly one record."""
    physical = "\n".join(lines).split("\n")
    raws = [raw for _line, raw, _fields in records(physical, 1, ",", {3})]
    assert [line for raw in raws for line in raw.split("\n") if line.strip()] == [
        line for line in physical if line.strip()
    ]


@pytest.mark.parametrize(
    ("line", "delimiter"),
    [("a,b;c,d", ","), ("a;b;c", ";"), ("a\tb,c\td", "\t"), ("a|b|c", "|"), ("one", ","), ('"a,b";"c"', ";")],
)
def test_delimiter(line: str, delimiter: str) -> None:
    assert guess_delimiter(line) == delimiter


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"PK\x03\x04 cut off", "archive"),
        (b"\x1f\x8b\x08\x00 packed", "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"\x7fELF\x00\x01\x02", "not a text file"),
        (b"x" * 2_000_001, "more than the limit"),
    ],
)
def test_what_cannot_be_an_export(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "some.csv").write_bytes(content)
    with pytest.raises(Problem, match=words):
        open_source(tmp_path / "some.csv", 1 << 20)


def test_what_is_no_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(Problem, match="no file"):
            open_source(path, 1 << 20)


def test_json_that_breaks_off_tells_where(tmp_path: Path) -> None:
    (tmp_path / "some.json").write_text('{"data": [\n1, 2,')
    with pytest.raises(Problem, match="line 2"):
        open_source(tmp_path / "some.json", 1 << 20).json()
