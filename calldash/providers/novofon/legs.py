"""Who was rung in a call of the Data API: from the report of legs, else from the call's list of employees."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from calldash.providers import Leg
from calldash.providers.novofon.reasons import miss_reason


def instant(text: str, zone: ZoneInfo, since: datetime | None = None) -> datetime:
    """The UTC instant (no tzinfo) of ISO `text`, local in `zone` unless it has an offset.

    Of the two readings of an hour that the clock repeats, the first one that is not before `since`.
    """
    local = datetime.fromisoformat(text)
    if local.tzinfo is None:
        local = local.replace(tzinfo=zone)
    found, later = (local.replace(fold=fold).astimezone(UTC).replace(tzinfo=None) for fold in (0, 1))
    return later if since and found < since <= later else found


def ends_before(finished: str, started: str, zone: ZoneInfo) -> bool:
    """Whether an end lies before its start, in either reading of an hour that the clock repeats."""
    since = instant(started, zone)
    return instant(finished, zone, since) < since


@dataclass(frozen=True)
class Talk:
    """What a call says of its legs: instants in UTC, seconds."""

    started_at: datetime
    ended_at: datetime | None
    direction: str
    answered: bool
    wait_s: int | None
    talk_s: int | None

    @property
    def picked_up_at(self) -> datetime:
        """When somebody picked up; the beginning of the call when the wait is not known."""
        return self.started_at + timedelta(seconds=self.wait_s or 0)


def employees_legs(legs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those of a call's legs that are an employee's own, coaches left out, in their order."""
    own = (leg for leg in legs if leg.get("employee") and leg.get("operator") is not False and not leg.get("coach"))
    return sorted(own, key=lambda leg: (leg["started"], len(leg["key"]), leg["key"]))


def reported(legs: Sequence[Mapping[str, Any]], talk: Talk, zone: ZoneInfo) -> Iterator[Leg]:
    """The Legs of the employees' own rows of the legs report."""
    for leg in legs:
        own = talk.direction != "inbound" and leg["employee"] == legs[0]["employee"]
        yield _dialled(leg, talk, zone) if own else _rung(leg, talk, zone)


def _rung(leg: Mapping[str, Any], talk: Talk, zone: ZoneInfo) -> Leg:
    started, connected = _times(leg, talk, zone)
    talked = talk.answered and (connected is not None if leg.get("talked") is None else leg["talked"])
    answered = connected or (talk.picked_up_at if talked else None)
    return Leg(
        "ring", started, _ended(leg, started, connected), answered, leg["employee"], queue=leg.get("queue"),
        talk_s=_shorter(leg, talk) if talked else 0, reason=None if answered else miss_reason(leg.get("reason")),
    )  # fmt: skip


def _dialled(leg: Mapping[str, Any], talk: Talk, zone: ZoneInfo) -> Leg:
    """The caller's own leg: their phone is picked up first, so it is answered only when the other side is."""
    started, connected = _times(leg, talk, zone)
    talked = talk.answered and leg.get("talked") is not False
    answered = (connected if talk.wait_s is None else None) or talk.picked_up_at
    return Leg(
        "dial", started, _ended(leg, started, connected), answered if talked else None, leg["employee"],
        queue=leg.get("queue"), talk_s=_shorter(leg, talk) if talked else 0,
        reason=None if talked else miss_reason(leg.get("reason")),
    )  # fmt: skip


def _times(leg: Mapping[str, Any], talk: Talk, zone: ZoneInfo) -> tuple[datetime, datetime | None]:
    started = instant(leg["started"], zone, talk.started_at)
    return started, instant(leg["connected"], zone, started) if leg.get("connected") else None


def _ended(leg: Mapping[str, Any], started: datetime, connected: datetime | None) -> datetime | None:
    if connected and leg.get("duration") is not None:
        return connected + timedelta(seconds=leg["duration"])
    return started + timedelta(seconds=leg["total"]) if leg.get("total") is not None else None


def _shorter(leg: Mapping[str, Any], talk: Talk) -> int | None:
    """A leg lasts longer than its talk where the employee's phone was picked up before the client's."""
    return min((known for known in (leg.get("duration"), talk.talk_s) if known is not None), default=None)


def listed(people: Sequence[Mapping[str, Any]], talk: Talk) -> Iterator[Leg]:
    """One Leg for each of the call's employees, who are known without times of their own."""
    talkers = sum(bool(person["talked"]) for person in people)
    for at, person in enumerate(people):
        dialled = talk.direction != "inbound" and at == 0
        talked = bool(person["talked"]) and talk.answered
        answered = talk.picked_up_at if talked or (person["answered"] and not dialled) else None
        talk_s = (talk.talk_s if talkers == 1 else None) if talked else 0
        known = answered is not None and talk_s is not None
        ended = talk.picked_up_at + timedelta(seconds=talk_s or 0) if known else None
        yield Leg("dial" if dialled else "ring", talk.started_at, ended, answered, person["name"], talk_s=talk_s)
