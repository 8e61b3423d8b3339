"""Erasing a client, keeping data for a time, pseudonyms and what callers are told, on a real store with real files."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from calldash import audit, export, rollups
from calldash.asking import ask
from calldash.filters import CallFilter
from calldash.marking import marks
from calldash.metrics import CALL_COLUMNS
from calldash.people import Person, masking, viewer
from calldash.privacy import blotting, erasing, notices, pseudonyms, retention, revealing
from calldash.problems import Problem
from calldash.recordings import call_of, checking, find, index, links, peaks
from calldash.store import Store, hanging
from calldash.transcripts import importing
from tests.drawn import as_csv, calls, cases, content, draw, take

NUMBER, OTHER = "+79161234567", "+79167654321"
SPELT = ("8 (916) 123-45-67", "+7 916 123 45 67", "79161234567", "9161234567")
DRAWN = f"""
    id                    | started_at | direction | client              | answered | wait_s | talk_s | recording
    a1                    | 09:00      | in        | {NUMBER}            | no       | 20     |        |
    vpbx-79161234567-2    | 10:00      | out       | 8 (916) 123-45-67   | yes      | 5      | 60     | in/{NUMBER}.wav
    b1                    | 10:30      | in        | {OTHER}             | no       | 12     |        |
    b2                    | 11:00      | in        | {OTHER}             | yes      | 3      | 90     | in/other.wav
    h1                    | 12:00      | in        |                     | yes      | 3      | 30     |
"""


def wave(path: Path) -> None:
    import numpy as np
    import soundfile

    path.parent.mkdir(parents=True, exist_ok=True)
    seed = sum(path.name.encode())
    soundfile.write(path, np.random.default_rng(seed).integers(-9000, 9000, 16_000).astype("int16"), 8000)


@pytest.fixture
def filled(open_here, tmp_path: Path) -> Store:
    """Two clients with recordings, marks, notes, transcripts, links and deals; the import lies in the inbox as it came."""
    store = open_here(recordings=tmp_path / "recordings")
    for name in (f"in/{NUMBER}.wav", "in/other.wav"):
        wave(tmp_path / "recordings" / name)
    text = as_csv(calls(DRAWN))
    done = tmp_path / "inbox" / "done"
    done.mkdir(parents=True)
    (done / "calls.csv").write_text(text)
    take(store, text)
    (tmp_path / "calls.csv").unlink()
    mine = store.rows("SELECT call_no FROM calls WHERE client = ? ORDER BY started_at", [NUMBER])
    marks.put(store, "olga", "note", "Пётр, 8-916-123-45-67", [mine[0][0]])
    call = call_of(store, mine[1][0])
    links.create(store, call, "olga", 7)
    peaks.of(checking.check(tmp_path / "recordings" / call.recording), store.settings)
    with store.noting() as cursor:
        cursor.execute("INSERT INTO transcripts VALUES (?, ?, 't.txt', 'x', 'ru', now(), 1)", [call.system, call.id])
        cursor.execute("INSERT INTO transcript_lines VALUES (?, ?, 1, 'client', '', 0, 1, ?, '')",
                       [call.system, call.id, "мой номер 8 916 123-45-67"])  # fmt: skip
        cursor.execute("INSERT INTO rejects VALUES (1, 'f', 1, 'x', ?, 'r', '{}', ?)", [NUMBER, f"{NUMBER},{NUMBER}"])
        cursor.execute("INSERT INTO templates VALUES ('mine', 'olga', ?, now())", [_template(store)])
    rollups.refresh(store)
    return store


def _template(store: Store) -> str:
    [(client_id,)] = store.rows("SELECT client_id FROM clients WHERE client = ?", [NUMBER])
    return f'title = "Mine"\nwhat = "calls"\n[filter]\nclient_id = ["{client_id}"]\n'


def found(store: Store, folder: Path, digits: str = "9161234567") -> dict[str, int]:
    """Where the digits stand, with whatever marks between them: every column of every table, every file and its name."""
    places: dict[str, int] = {}
    for (table,) in store.rows("SELECT table_name FROM duckdb_tables() WHERE NOT internal"):
        for row in store.rows(f'FROM "{table}"'):
            if digits in bare(repr(row)):
                places[table] = places.get(table, 0) + 1
    for path in folder.rglob("*"):
        if not path.is_file() or path.name.endswith((".duckdb", ".wal")):
            continue
        if digits in bare(path.name + path.read_bytes().decode("latin-1")):
            places[f"file {path.parent.name}"] = 1
    return places


def bare(text: str) -> str:
    return re.sub(r"[ \u00a0().+-]", "", text)


@pytest.mark.parametrize("spelt", [NUMBER, *SPELT[:3]])
def test_nothing_tells_of_an_erased_client(filled: Store, tmp_path: Path, spelt: str) -> None:
    before = found(filled, tmp_path)
    assert set(before) >= {"calls", "clients", "rows", "marks", "marked", "rejects", "transcript_lines",
                           "file in", "file done"}  # fmt: skip
    other = found(filled, tmp_path, OTHER[2:])
    receipt = erasing.erase(filled, "olga", spelt)
    left = found(filled, tmp_path)
    assert set(left) <= {"audit"}, left
    assert receipt.audit_lines == left.get("audit", 0)
    assert not [name for name in (receipt.as_json(), receipt.as_text()) if "9161234567" in bare(name)]
    assert (receipt.lines["calls"], receipt.lines["ids"], receipt.files_removed, receipt.reports) == (2, 1, 1, 1)
    assert found(filled, tmp_path, OTHER[2:]) == other, "nobody else's data went"
    assert (tmp_path / "recordings/in/other.wav").exists()
    assert not list((tmp_path / "audio").rglob("*.npz"))
    assert audit.broken(filled) is None


def test_the_calls_stay_for_the_figures_without_the_client(filled: Store) -> None:
    keys = ["calls", "answered_calls", "unique_calls"]
    before = ask(filled, keys).iloc[0]
    erasing.erase(filled, "olga", NUMBER)
    for _rolled in range(2):
        after = ask(filled, keys).iloc[0]
        assert (after["calls"], after["answered_calls"]) == (before["calls"], before["answered_calls"])
        assert after["unique_calls"] == before["unique_calls"] - 1
        rollups.refresh(filled)
    assert filled.rows("SELECT count(*) FROM calls WHERE client_id IS NULL") == [(3,)]


def test_with_calls_they_are_gone(filled: Store, tmp_path: Path) -> None:
    erasing.erase(filled, "olga", NUMBER, with_calls=True)
    assert set(found(filled, tmp_path)) <= {"audit"}
    assert ask(filled, ["calls"]).iloc[0]["calls"] == 3
    for table in hanging.TABLES:
        assert filled.rows(f"SELECT count(*) FROM {table} WHERE id IN ('a1', 'vpbx-79161234567-2')") == [(0,)], table


@pytest.mark.parametrize("with_calls", [False, True])
def test_an_old_export_does_not_bring_the_client_back(filled: Store, tmp_path: Path, with_calls: bool) -> None:
    erasing.erase(filled, "olga", NUMBER, with_calls)
    stored = content(filled)
    receipt = take(filled, as_csv(calls(DRAWN)))
    (tmp_path / "calls.csv").unlink()
    assert content(filled) == stored
    assert set(found(filled, tmp_path)) <= {"audit"}
    assert receipt.oddities["erased_client"] == receipt.rows_ignored == 2
    assert receipt.rows_read == 5 == receipt.rows_ignored + receipt.rows_same + receipt.rows_new


def test_who_calls_again_is_a_new_client(filled: Store) -> None:
    [(old,)] = filled.rows("SELECT max(client_id) FROM clients")
    erasing.erase(filled, "olga", NUMBER)
    later = (datetime.now() + timedelta(days=2)).isoformat(timespec="seconds")
    draw(
        filled,
        f"""
        id | started_at | direction | client   | answered | talk_s
        n1 | {later}    | in        | {NUMBER} | yes      | 10
        """,
    )
    [(new,)] = filled.rows("SELECT client_id FROM clients WHERE client = ?", [NUMBER])
    assert new > old, "what was kept of the old client does not lead to the new one"


def test_a_trial_changes_nothing(filled: Store, tmp_path: Path) -> None:
    index.refresh(filled)
    before = found(filled, tmp_path), content(filled), filled.version
    tried = erasing.erase(filled, "olga", NUMBER, tried=True)
    assert (found(filled, tmp_path), content(filled), filled.version) == before
    done = erasing.erase(filled, "olga", NUMBER)
    assert (tried.lines, tried.files_removed, tried.reports) == (done.lines, done.files_removed, done.reports)
    assert tried.number_hmac == done.number_hmac


def test_a_number_nobody_has_is_said(filled: Store) -> None:
    for text in ("+79990000000", "anonymous"):
        with pytest.raises(Problem):
            erasing.erase(filled, "olga", text)


def aged(open_here, folder: Path, **kept: int) -> Store:
    """One client called 40 days ago, another then and 2 days ago; each call recorded and transcribed."""
    store = open_here(recordings=folder / "recordings", **kept)
    days = [(1, 40, NUMBER), (2, 40, OTHER), (3, 2, OTHER)]
    rows = [{"id": f"c{n}", "started_at": (datetime.now() - timedelta(days=ago)).isoformat(timespec="seconds"),
             "direction": "inbound", "client": client, "answered": "yes", "talk_s": "60", "recording": f"c{n}.wav"}
            for n, ago, client in days]  # fmt: skip
    take(store, as_csv(rows))
    (folder / "calls.csv").unlink()
    for n, _ago, _client in days:
        wave(folder / f"recordings/c{n}.wav")
        with store.noting() as cursor:
            cursor.execute("INSERT INTO transcripts SELECT system, id, 't', 'x', 'ru', now(), 0 FROM calls WHERE id = ?",
                           [f"c{n}"])  # fmt: skip
    rollups.refresh(store)
    return store


@pytest.mark.parametrize(("kind", "calls_left", "sound", "said", "old_numbers"), [
    ("recordings", 3, 1, 3, 1), ("transcripts", 3, 3, 1, 1), ("numbers", 3, 3, 3, 0), ("calls", 1, 1, 1, 0),
])  # fmt: skip
def test_each_kind_goes_after_its_time(open_here, tmp_path, kind, calls_left, sound, said, old_numbers) -> None:
    store = aged(open_here, tmp_path, **{f"keep_{kind}_days": 30})
    before = ask(store, ["calls", "unique_calls"]).iloc[0]
    tried = retention.run(store, "retention", tried=True)
    assert len(list((tmp_path / "recordings").iterdir())) == 3
    done = retention.run(store, "retention")
    assert [(one.lines, one.files) for one in tried] == [(one.lines, one.files) for one in done]
    assert store.rows("SELECT count(*) FROM calls") == [(calls_left,)]
    assert len(list((tmp_path / "recordings").iterdir())) == sound
    assert store.rows("SELECT count(*) FROM transcripts") == [(said,)]
    assert store.rows("SELECT count(*) FROM clients WHERE client = ?", [NUMBER]) == [(old_numbers,)]
    assert bool(found(store, tmp_path)) == bool(old_numbers)
    after = ask(store, ["calls", "unique_calls"]).iloc[0]
    assert after["calls"] == calls_left
    assert after["unique_calls"] == (1 if kind == "calls" else before["unique_calls"])
    rollups.refresh(store)
    assert (ask(store, ["calls", "unique_calls"]).iloc[0] == after).all()
    assert audit.trail(store)[0][2] == "retention"
    assert not any(one.lines or one.files for one in retention.run(store, "retention"))


AGED = """
    id                 | ago | client   | recording
    79161234567-one    | 40  | {NUMBER} | in/{NUMBER}-1.wav
    two                | 40  | {NUMBER} |
    three              | 40  | {NUMBER} | https://example.org/9161234567.mp3
    79161234567-other  | 2   | {OTHER}  | in/{OTHER}-1.wav
"""


@pytest.fixture
def old(open_here, tmp_path: Path) -> Store:
    """A client of 40 days ago whose number stands in ids, names of recordings, a link, a transcript and a note."""
    store = open_here(
        recordings=tmp_path / "recordings", recording_patterns="{number}-{date}-{time}", keep_numbers_days=30
    )
    begun = (datetime.now() - timedelta(days=40)).replace(microsecond=0)
    rows = [
        {"id": one["id"], "started_at": (begun + timedelta(days=40 - int(one["ago"]), minutes=n)).isoformat(),
         "direction": "inbound", "client": one["client"].format(NUMBER=NUMBER, OTHER=OTHER), "answered": "yes",
         "talk_s": "60", "recording": one["recording"].format(NUMBER=NUMBER, OTHER=OTHER)}
        for n, one in enumerate(cases(AGED))
    ]  # fmt: skip
    take(store, as_csv(rows))
    (tmp_path / "calls.csv").rename(tmp_path / "old.csv")
    by_name = f"{NUMBER[1:]}-{begun + timedelta(minutes=1):%Y%m%d-%H%M%S}.wav"
    for name in (f"in/{NUMBER}-1.wav", f"in/{OTHER}-1.wav", by_name, f"left/{NUMBER[1:]}.wav"):
        wave(tmp_path / "recordings" / name)
    for call, text in (
        ("79161234567-one", "мой номер 8 916 123-45-67, да"),
        ("79161234567-other", "не 8 916 123-45-67"),
    ):
        importing.import_for(
            store, f"WEBVTT\n\n00:01.000 --> 00:02.000\n{text}\n".encode(), f"{call}.vtt", "plain", call
        )
    [(one,)] = store.rows("SELECT call_no FROM calls WHERE id = '79161234567-one'")
    marks.put(store, "olga", "note", "Пётр, 8-916-123-45-67", [one])
    links.create(store, call_of(store, one), "olga", 7)
    rollups.refresh(store)
    return store


def without_audit(places: dict[str, int]) -> dict[str, int]:
    return {place: count for place, count in places.items() if place != "audit"}


def test_when_a_number_has_outlived_its_time_no_id_and_no_name_holds_it(old: Store, tmp_path: Path) -> None:
    (tmp_path / "old.csv").unlink()
    index.refresh(old)
    others = [f"in/{OTHER}-1.wav"]
    heard = {
        n: find(old, call_of(old, n)).read_bytes() for (n,) in old.rows("SELECT call_no FROM calls WHERE id <> 'three'")
    }
    tried = retention.run(old, "retention", tried=True)
    done = retention.run(old, "retention")
    assert [(one.lines, one.files) for one in tried] == [(one.lines, one.files) for one in done]
    lines = next(one.lines for one in done if one.kind == "numbers")
    assert (lines["ids"], lines["recording_names"], lines["transcript_lines"]) == (1, 4, 2)
    assert "ids 1" in retention.told(done) and "recording_names 4" in retention.told(done)
    index._looked.clear()
    index.refresh(old)
    left = without_audit(found(old, tmp_path))
    assert set(left) == {"calls", "rows", "refs", "transcripts", "transcript_lines", "talk_figures"} & set(left), left
    mine = old.rows("SELECT id FROM calls WHERE client LIKE 'gone-%' AND id LIKE 'aged-%'")
    assert len(mine) == 1 and old.rows("SELECT id FROM links") == mine and old.rows("SELECT id FROM marks") == mine
    assert {n: find(old, call_of(old, n)).read_bytes() for n in heard} == heard, "each call has its recording still"
    assert old.rows("SELECT recording FROM calls WHERE id = 'three'") == [(None,)]
    assert all((tmp_path / "recordings" / name).exists() for name in others)
    assert not any(one.lines or one.files for one in retention.run(old, "retention"))


def test_an_old_export_does_not_bring_back_a_call_under_another_id(old: Store, tmp_path: Path) -> None:
    retention.run(old, "retention")
    before = old.rows("SELECT count(*) FROM calls")
    receipt = take(old, (tmp_path / "old.csv").read_text())
    assert old.rows("SELECT count(*) FROM calls") == before
    assert receipt.oddities["erased_client"] == 1
    assert old.rows("SELECT count(*) FROM calls WHERE id = '79161234567-one'") == [(0,)]


def test_who_sees_numbers_masked_sees_them_in_no_id_no_recording_no_note(filled: Store) -> None:
    columns = list(CALL_COLUMNS)
    with viewer.acting(Person("mark", "Mark", "marketer")):
        for form in ("csv", "json"):
            table = export.calls(filled, CallFilter(), columns, "started_at", False)
            text = b"".join(export.FORMATS[form].write(table)).decode()
            assert not [one for one in ("9161234567", "9167654321") if one in bare(text)]
    with viewer.acting(Person("head", "Head", "head")):
        table = export.calls(filled, CallFilter(), columns, "started_at", False)
        assert "9161234567" in b"".join(export.FORMATS["csv"].write(table)).decode(), "the search can fail"


TOLD = """
    text                              | shown
    office/vpbx-79161234567-2         | office/vpbx-+791••••••67-2
    file: 8 (916) 123-45-67.csv       | file: +791••••••67.csv
    asterisk/1772434800.35            | asterisk/1772434800.35
    address: 192.168.100.200          | address: 192.168.100.200
"""


@pytest.mark.parametrize("case", cases(TOLD), ids=lambda case: case["text"])
def test_the_trail_tells_no_number_to_who_sees_none(case: dict[str, str]) -> None:
    with viewer.acting(Person("aud", "A", "auditor")):
        assert blotting.shown(case["text"], "RU") == case["shown"]
    assert blotting.shown(case["text"], "RU") == case["text"]


def test_who_sees_no_whole_numbers_searches_the_trail_by_none() -> None:
    blotting.refuse_digits("+7 916 123-45-67")
    with viewer.acting(Person("x", "", "auditor")):
        blotting.refuse_digits("olga 12345")
        with pytest.raises(Problem, match="may search by digits"):
            blotting.refuse_digits("9161 23")


def test_the_trail_is_kept_as_long_as_is_said(open_here) -> None:
    store = open_here(keep_trail_days=30)
    audit.record(store, "olga", "export", "x")
    assert not any(one.lines for one in retention.run(store, "retention"))
    assert len(audit.trail(store)) == 1


def test_a_pseudonym_is_the_same_everywhere_and_not_the_number(filled: Store) -> None:
    with pseudonyms.shown(filled):
        rows = list(export.calls(filled, CallFilter(), ["client", "id", "note"], "started_at", False).rows)
        told = {row[0] for row in rows[:2]}
        assert told == {masking.pseudonym(pseudonyms.key(filled), NUMBER)}
        assert "9161234567" not in bare(repr(rows))
    assert {row[0] for row in export.calls(filled, CallFilter(), ["client"], "started_at", False).rows} >= {NUMBER}
    assert masking.pseudonym(b"\1" * 32, NUMBER) not in told


def test_only_who_may_uncovers_a_number(filled: Store) -> None:
    [(number, subject)] = filled.rows("SELECT call_no, system || '/' || id FROM calls WHERE id = 'a1'")
    with viewer.acting(Person("mark", "Mark", "marketer")):
        assert revealing.reveal(filled, number) == NUMBER
    assert audit.trail(filled)[0][1:4] == ("mark", "reveal", subject)
    with viewer.acting(Person("aud", "A", "auditor")), pytest.raises(Problem):
        revealing.reveal(filled, number)


def test_what_callers_are_told_is_kept_by_line(store: Store) -> None:
    given = notices.Notice("+74951112233", True, "Разговор записывается", True)
    assert notices.save(store, "olga", [given, notices.Notice("100")]) == 1
    assert notices.of_line(store, given.line) == given
    assert notices.save(store, "olga", [given]) == 0


def test_calls_made_of_several_rows_do_not_come_back(store: Store, tmp_path: Path) -> None:
    """A queue_log: its rows go with the client, and stay away when the file comes again."""
    at = int(datetime(2026, 3, 2, 7).timestamp())
    log = "".join(f"{at + second}|{at}.{call}|sales|{rest}\n" for second, call, rest in [
        (0, 1, f"NONE|ENTERQUEUE||{NUMBER[1:]}|1"), (3, 2, f"NONE|ENTERQUEUE||{OTHER[1:]}|2"),
        (12, 1, "Ann|CONNECT|12|x.1|3"), (20, 2, "NONE|ABANDON|1|2|17"), (42, 1, "Ann|COMPLETECALLER|12|30|1"),
    ])  # fmt: skip
    take(store, log, "queue_log")
    (tmp_path / "queue_log").unlink()
    assert ask(store, ["calls"]).iloc[0]["calls"] == 2
    assert found(store, tmp_path)
    erasing.erase(store, "olga", "8 916 123-45-67")
    assert not found(store, tmp_path)
    stored, rest = content(store), store.rows("SELECT count(*) FROM rows")
    take(store, log, "queue_log")
    (tmp_path / "queue_log").unlink()
    assert not found(store, tmp_path)
    assert (content(store), store.rows("SELECT count(*) FROM rows")) == (stored, rest)
    assert found(store, tmp_path, OTHER[2:])
