"""When the night's work is done: from the hour that the settings name, once a local day, whatever the server's clock."""

from datetime import UTC, datetime
from typing import Any

import pytest

from calldash import audit
from calldash.server import nightly
from calldash.store import Store
from tests.conftest import Opener
from tests.drawn import cases, take

OLD = "id,started_at,direction,client,answered\nc1,2020-03-02T09:00:00,inbound,+79005550101,true\n"


def clock(monkeypatch: pytest.MonkeyPatch, utc: str) -> None:
    """The night's clock stands at an instant."""

    class Standing(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.fromisoformat(utc).replace(tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(nightly, "datetime", Standing)


def looked(store: Store) -> bool:
    """Whether a look removed the old call, which is put back after."""
    nightly.Nightly(store).look()
    gone = store.rows("SELECT count(*) FROM calls") == [(0,)]
    if gone:
        take(store, OLD)
    return gone


@pytest.mark.parametrize(
    "case",
    cases("""
    zone             | hour | utc              | goes | why
    Europe/Moscow    | 3    | 2026-11-23 23:59 |      | it is 02:59 there
    Europe/Moscow    | 3    | 2026-11-24 00:00 | yes  | it is 03:00 there
    Europe/Moscow    | 3    | 2026-11-24 15:00 | yes  | the app was off in the night
    Europe/Moscow    | 0    | 2026-11-23 21:00 | yes  | midnight there
    Asia/Vladivostok | 3    | 2026-11-23 16:59 |      | it is 02:59 of the next day
    Asia/Vladivostok | 3    | 2026-11-23 17:00 | yes  | it is 03:00 of the next day
    Europe/Berlin    | 2    | 2026-03-29 01:00 | yes  | clocks went from 01:59 to 03:00
    """),
    ids=lambda case: f"{case['zone']} {case['utc']}",
)
def test_it_goes_from_the_hour_of_the_settings_by_the_local_clock(
    open_here: Opener, monkeypatch: pytest.MonkeyPatch, case: dict[str, str]
) -> None:
    store = open_here(zone=case["zone"], retention_hour=int(case["hour"]), keep_calls_days=30)
    take(store, OLD)
    clock(monkeypatch, case["utc"])
    assert looked(store) == (case["goes"] == "yes"), case["why"]


def test_it_goes_once_a_local_day_after_a_restart_too(open_here: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_here(zone="Europe/Moscow", retention_hour=3, keep_calls_days=30)
    take(store, OLD)
    went = []
    for utc in ("2026-11-23 01:00", "2026-11-23 01:05", "2026-11-23 20:59", "2026-11-23 21:30", "2026-11-24 00:30"):
        clock(monkeypatch, utc)
        went.append(looked(store))
    assert went == [True, False, False, False, True], "21:30 UTC is the next day in Moscow, before its hour"


def test_where_all_is_kept_nothing_is_looked_at_or_noted(open_here: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_here(retention_hour=0)
    take(store, OLD)
    clock(monkeypatch, "2026-11-24 00:00")
    assert not looked(store)
    assert store.rows("SELECT count(*) FROM meta WHERE name = 'retention_day'") == [(0,)]


def test_what_failed_is_tried_again_the_same_night(open_here: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_here(zone="Europe/Moscow", retention_hour=3, keep_calls_days=30)
    take(store, OLD)
    clock(monkeypatch, "2026-11-24 00:00")
    with monkeypatch.context() as broken:
        broken.setattr(nightly.retention, "run", lambda *_given: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            nightly.Nightly(store).look()
    assert looked(store)
    assert [line[2] for line in audit.trail(store)].count("retention") == 1


def test_the_log_tells_how_much_went_of_what(
    open_here: Opener, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    store = open_here(zone="Europe/Moscow", retention_hour=3, keep_calls_days=30)
    take(store, OLD)
    clock(monkeypatch, "2026-11-24 00:00")
    nightly.Nightly(store).look()
    [said] = [one.getMessage() for one in caplog.records if one.name == "calldash.server.nightly"]
    assert said.startswith("retention: calls: ") and "905550101" not in said
