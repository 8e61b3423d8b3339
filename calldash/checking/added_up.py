"""What is added up for each day, added up anew beside what is stored."""

import json
from collections.abc import Iterator
from datetime import date

from calldash.checking.finding import REPAIR, Finding, Looked
from calldash.i18n import mark
from calldash.query import Moment
from calldash.query.rollups import ROLLUPS, Rollup, filling, signature

_AT_ONCE = 31
_LEFT = "SELECT d_day FROM ((FROM {a} EXCEPT ALL FROM {b}) UNION ALL (FROM {b} EXCEPT ALL FROM {a}))"


def differing(looked: Looked) -> Iterator[Finding]:
    """Rollups that do not say what the calls say, for the days that they speak for."""
    kept = dict(looked.rows("SELECT name, value FROM meta WHERE name IN ('rollups', 'rollups_now')"))
    if kept.get("rollups") != signature(looked.store.settings):
        return  # of another calldash or other settings: nobody reads them until they are made anew
    now = dict(looked.rows("SELECT system, newest_at FROM systems WHERE newest_at IS NOT NULL ORDER BY system"))
    live = looked.rows("SELECT 1 FROM systems WHERE live LIMIT 1")
    same = not live and kept.get("rollups_now") == json.dumps(now, default=str, sort_keys=True)
    moment = Moment(looked.store.settings, looked.store.now())
    text = "SELECT day FROM rollup_days WHERE fresh AND (settled OR $same) ORDER BY day"
    days = [day for (day,) in looked.rows(text, {"same": same})]
    for rollup in ROLLUPS:
        parts = (days[start : start + _AT_ONCE] for start in range(0, len(days), _AT_ONCE))
        wrong = sorted({day for part in parts for day in _wrong(looked, rollup, moment, part)})
        if wrong:
            sentence = mark("The rollup {rollup} does not say what the calls say on {count} days, the first {day}.")
            yield Finding(sentence, REPAIR, {"rollup": rollup.name, "count": len(wrong), "day": wrong[0].isoformat()})


def _wrong(looked: Looked, rollup: Rollup, moment: Moment, days: list[date]) -> set[date]:
    asked = filling(rollup, moment, days)
    looked.cursor.execute(f"CREATE OR REPLACE TEMP TABLE added_up AS {asked.sql}", asked.values)
    stored = f"SELECT * FROM {rollup.name} WHERE d_day IN (SELECT unnest($days))"
    looked.cursor.execute(f"CREATE OR REPLACE TEMP TABLE kept_up AS {stored}", {"days": days})
    return {day for (day,) in looked.rows(_LEFT.format(a="kept_up", b="added_up"))}
