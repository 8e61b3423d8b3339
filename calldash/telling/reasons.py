"""Why a call counts as it does, in plain sentences, from a row of report `call`."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from calldash.formats import days, duration, number
from calldash.i18n import gettext as _
from calldash.labels import value_label
from calldash.settings import Settings
from calldash.telling.values import moment

Call = Mapping[str, Any]


def reasons(call: Call, settings: Settings) -> list[str]:
    """The sentences about a call, the most telling first."""
    if call["status"] == "spam" and not pd.isna(call["spam_rule"]):
        text = _("It is spam by the rule “{rule}”: of all numbers only spam calls and cost count it.")
        return [text.format(rule=call["spam_rule"])]
    if call["status"] == "spam":
        return [_("It is marked as spam: of all numbers only spam calls and cost count it.")]
    if call["kind"] in ("sms", "mms"):
        return [_("It is a message, no call: only messages and cost count it.")]
    if call["kind"] == "data":
        return [_("It is mobile data, no call: only cost counts it.")]
    if call["direction"] == "internal":
        return [_("It is a call between employees: only internal calls and cost count it.")]
    found = [*_outcome(call, settings)]
    if call["is_inbound"]:
        found += [*_client(call, settings), *_episode(call, settings), *_first_contact(call)]
    return [*found, *_sale(call)]


def _outcome(call: Call, settings: Settings) -> Iterator[str]:
    if call["is_missed"]:
        yield from _missed(call, settings)
    elif not call["answered"]:
        yield _("The client did not answer: not reached.")
    elif not call["is_inbound"]:
        yield _("The client answered: reached.")
    elif pd.isna(call["wait_s"]):
        yield _("Answered: a person talked. The waiting time is not known, so the service level leaves it out.")
    else:
        yield _in_level(call, settings)


def _in_level(call: Call, settings: Settings) -> str:
    times = {"wait": duration(call["wait_s"]), "level": duration(settings.service_level_s)}
    if call["wait_s"] <= settings.service_level_s:
        return _("Answered: a person talked after {wait}, within the service level of {level}.").format(**times)
    return _("Answered: a person talked after {wait}, later than the service level of {level}.").format(**times)


def _missed(call: Call, settings: Settings) -> Iterator[str]:
    reason = value_label("miss_reason", call["miss_reason"])
    yield _("Missed: nobody talked with the client. Reason: {reason}.").format(reason=reason)
    if call["is_short"]:
        times = {"wait": duration(call["wait_s"]), "least": duration(settings.short_abandon_s)}
        sentence = _(
            "Left after {wait}, sooner than {least}: a short abandon, left out of abandoned share and service level."
        )
        yield sentence.format(**times)


def _client(call: Call, settings: Settings) -> Iterator[str]:
    if not call["is_known"]:
        yield _("The number is hidden or not known: without a client the call is neither unique nor repeat.")
        return
    if _true(call["is_unique"]):
        yield _unique(settings)
    if _true(call["is_repeat"]):
        yield _("Repeat: the client had called at most {time} before.").format(time=_long(settings.repeat_days))
    if not _true(call["is_unique"]) and not _true(call["is_repeat"]):
        yield _("Neither unique nor repeat: the client had called before, but longer ago.")
    if call["answered"] or not pd.isna(call["marked_target"]):
        yield _target(call, settings)


def _unique(settings: Settings) -> str:
    if settings.unique_memory_days is None:
        return _("Unique: the first call of this client.")
    time = _long(settings.unique_memory_days)
    return _("Unique: the first call of this client in {time}.").format(time=time)


def _target(call: Call, settings: Settings) -> str:
    if not pd.isna(call["target_rule"]):
        text = _("Target by the rule “{rule}”.") if call["is_target"] else _("Not a target call by the rule “{rule}”.")
        return text.format(rule=call["target_rule"])
    if not pd.isna(call["marked_target"]):
        return _("Target: people marked it so.") if call["is_target"] else _("Not a target call: people marked it so.")
    least = duration(settings.target_talk_s)
    if pd.isna(call["talk_s"]):
        return _("Not a target call: its talking time is not known.")
    if call["is_target"]:
        return _("Target: they talked at least {least}.").format(least=least)
    return _("Not a target call: they talked less than {least}.").format(least=least)


def _episode(call: Call, settings: Settings) -> Iterator[str]:
    if not call["is_missed"] or not call["is_known"]:
        return
    if not _true(call["is_episode"]):
        yield _("An earlier missed call of this client was still open, so this one belongs to it.")
        return
    until = _at(call["window_local"])
    yield _("It opened a miss: the client had to be reached until {until}.").format(until=until)
    yield from _attempt(call, settings)
    yield _closing(call)


def _attempt(call: Call, settings: Settings) -> Iterator[str]:
    if pd.isna(call["attempt_local"]):
        return
    values = {"at": _at(call["attempt_local"]), "delay": duration(call["callback_delay_s"])}
    values["target"] = duration(60 * settings.callback_target_min)
    if call["is_timely"]:
        yield _("First callback at {at}, after {delay}: in time, the target is {target}.").format(**values)
    else:
        yield _("First callback at {at}, after {delay}: late, the target is {target}.").format(**values)


def _closing(call: Call) -> str:
    sentence = {
        "called_back": _("Closed at {at}: the client answered a callback."),
        "got_through": _("Closed at {at}: the client called again and was answered."),
        "tried": _("No callback has reached the client."),
        "lost": _("Lost: nobody called back, and the client did not get through."),
        "pending": _("Still to call back: nobody has tried yet."),
    }[call["state"]]
    return sentence.format(at=_at(call["closed_local"])) if "{at}" in sentence else sentence


def _first_contact(call: Call) -> Iterator[str]:
    if call["is_asked"] and call["is_solved"]:
        yield _("Solved at first contact: the client did not call again within 7 days.")
    elif call["is_asked"]:
        yield _("Not solved at first contact: the client called again within 7 days.")


def _sale(call: Call) -> Iterator[str]:
    if call["is_sold"]:
        yield _("It counts as a call that sold: it has a sale amount or the outcome success.")


def _true(value: Any) -> bool:
    return not pd.isna(value) and bool(value)


def _long(length: float) -> str:
    """A length in days as words; parts of a day are hours."""
    return days(int(length)) if float(length).is_integer() else _("{hours} h").format(hours=number(length * 24))


def _at(value: datetime) -> str:
    return moment(value)
