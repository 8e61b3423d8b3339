"""Calls out of the Data API's rows: what the reports say of one session, put together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from calldash.providers import BuiltCall, Context, Leg, Row
from calldash.providers.novofon.fields import CLICKS, JOURNAL, LEGS, REPORT
from calldash.providers.novofon.legs import Talk, employees_legs, instant, listed, reported
from calldash.providers.novofon.reasons import SPAM, miss_reason

Told = dict[str, Any]


def build(rows: Iterable[Row], context: Context) -> Iterator[BuiltCall]:
    """The ended calls among `rows`; rows of legs alone, and calls still going on, give none."""
    sessions: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        sessions[row.refs[0]].append(row)
    for session, parts in sessions.items():
        call = _told(parts)
        if call and not _going_on(call):
            yield _built(session, call, [row.data for row in parts if row.part == LEGS], context.zone)


def _told(parts: Iterable[Row]) -> Told:
    """What the rows say of the call; the report's word counts more than the journal's."""
    told: Told = {}
    for part in (JOURNAL, REPORT):
        for row in (row for row in parts if row.part == part):
            told |= {name: value for name, value in row.data.items() if value is not None or name not in told}
    return told


def _going_on(call: Told) -> bool:
    """No end and no reason for one; where the end was not asked for, no result either."""
    if call.get("finished") or call.get("reason"):
        return False
    results = {"lost", "missed"} & call.keys() or {"total"}
    return "finished" in call or all(call.get(result) is None for result in results)


def _built(session: str, call: Told, rows: list[Mapping[str, Any]], zone: ZoneInfo) -> BuiltCall:
    own = employees_legs(rows)
    answered = _answered(call, own)
    talk = _talk(call, answered, zone)
    employee = _employee(call, own, talk)
    legs: Iterator[Leg] = reported(own, talk, zone) if own else listed(_people(call, employee, answered), talk)
    values = _measured(talk) | _described(session, call) | _missed(call, talk, rows)
    values |= {"employee": employee, "queue": _queue(own, answered), "client": _client(call, talk)}
    return BuiltCall(session, frozenset({session}), values, talk.ended_at, tuple(legs))


def _answered(call: Told, own: list[Mapping[str, Any]]) -> bool:
    """Whether a person talked: a menu that takes the call makes it `received` too, with no talk and no employee."""
    if _lost(call):
        return False
    people = call.get("people") or []
    flags = [one["talked"] for one in people] + [leg.get("talked") for leg in own]
    if any(flags) or call.get("first_talked") or call.get("talk"):
        return True
    if call.get("talk") is not None or False in flags:
        return False
    return call.get("lost") is False or (call.get("missed") is False and bool(people or call.get("received_by")))


def _lost(call: Told) -> bool:
    return bool(call["lost"] if call.get("lost") is not None else call.get("missed"))


def _talk(call: Told, answered: bool, zone: ZoneInfo) -> Talk:
    started = instant(call["started"], zone)
    ended = instant(call["finished"], zone, started) if call.get("finished") else None
    if ended is None and call.get("total") is not None:
        ended = started + timedelta(seconds=call["total"])
    if ended and ended < started:
        ended = None
    both = ("wait",) if answered else ("total_wait", "wait")
    wait = next((call[name] for name in both if call.get(name) is not None), None)
    return Talk(started, ended, _direction(call), answered, wait, call.get("talk") if answered else 0)


def _direction(call: Told) -> str:
    internal = call.get("internal") or (call.get("caller") and call.get("callee"))
    return "internal" if internal else str(call["direction"])


def _employee(call: Told, own: list[Mapping[str, Any]], talk: Talk) -> str | None:
    """Who talked first; who called, of an unreached call; who was rung last, of a missed one."""
    people = call.get("people") or []
    rung = [leg["employee"] for leg in own] or [one["name"] for one in people]
    rung = rung or [name for name in (call.get("caller"), call.get("callee")) if name]
    if talk.direction == "inbound" and not talk.answered:
        return rung[-1] if rung else call.get("first_answered")
    talked = [one["name"] for one in people if one["talked"]] + [leg["employee"] for leg in own if leg.get("talked")]
    first = [call.get("first_talked"), *talked[:1]] if talk.answered else []
    return next((name for name in (*first, call.get("received_by"), call.get("first_answered"), *rung) if name), None)


def _people(call: Told, employee: str | None, answered: bool) -> list[dict[str, Any]]:
    """The call's employees; who talked is its employee where the rows do not say."""
    people = [dict(one) for one in call.get("people") or []]
    if employee and employee not in [one["name"] for one in people]:
        people.append({"name": employee, "answered": None, "talked": None})
    if answered and not any(one["talked"] for one in people):
        for one in [one for one in people if one["name"] == employee][-1:]:
            one["answered"] = one["talked"] = True
    return people


def _queue(own: list[Mapping[str, Any]], answered: bool) -> str | None:
    """The group in which the call was answered, else the last that was rung."""
    groups = [leg["queue"] for leg in own if leg.get("queue") and (leg.get("talked") or not answered)]
    if answered:
        return groups[0] if groups else next((leg["queue"] for leg in own if leg.get("queue")), None)
    return groups[-1] if groups else None


def _measured(talk: Talk) -> dict[str, str | None]:
    return {
        "started_at": talk.started_at.replace(tzinfo=UTC).isoformat(),
        "direction": talk.direction,
        "kind": "voice",
        "answered": "true" if talk.answered else "false",
        "wait_s": _number(talk.wait_s),
        "talk_s": _number(talk.talk_s),
    }


def _described(session: str, call: Told) -> dict[str, str | None]:
    groups = call.get("groups") or []
    sale = call.get("sale") if call.get("sold") or float(call.get("sale") or 0) else None
    return {
        "line": call.get("line"),
        "team": groups[0] if len(groups) == 1 else None,
        "wrapup_s": _number(call.get("wrapup")),
        "recording": _recording(session, call.get("record")),
        "source": call.get("source"),
        "medium": call.get("medium"),
        "campaign": call.get("campaign"),
        **{name: call.get(name) for name in CLICKS},
        "spam": "true" if call.get("blacklisted") or call.get("reason") in SPAM else None,
        "outcome": "success" if sale or call.get("sold") else None,
        "sale_amount": sale,
        "tags": ";".join(tag.replace(";", ",") for tag in call.get("tags") or []) or None,
    }


def _missed(call: Told, talk: Talk, rows: list[Mapping[str, Any]]) -> dict[str, str | None]:
    """Why an inbound call was missed: what its end is called, else that the client waited or a leg says he hung up."""
    if talk.answered or talk.direction != "inbound":
        return {"miss_reason": None}
    gave_up = talk.wait_s or any(miss_reason(leg.get("reason")) == "abandoned" for leg in rows)
    return {"miss_reason": miss_reason(call.get("reason")) or ("abandoned" if gave_up else "unknown")}


def _client(call: Told, talk: Talk) -> str | None:
    return None if talk.direction == "internal" else call.get("client")


def _recording(session: str, record: str | None) -> str | None:
    return record if record is None or "/" in record else f"{session}/{record}"


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)
