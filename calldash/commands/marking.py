"""`mark`: what people say of calls, from the command line: outcome, sale, target, spam, note, tags."""

from collections.abc import Callable, Sequence
from typing import Any

from calldash.formats import number
from calldash.i18n import ngettext
from calldash.marking import marks
from calldash.people import viewer
from calldash.problems import Problem
from calldash.store import Store
from calldash.store.marks import MARKS
from calldash.telling import marks as telling


def run(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """`calls`, each `SYSTEM/ID`, `set` (WHAT=VALUE texts) and `take_back` (WHATs); gives the calls' history then."""
    calls = [_named(text) for text in arguments["calls"]]
    numbers = [_number(store, *call) for call in calls]
    given = [_set(text) for text in arguments.get("set") or []]
    told = []
    for what, value in [*given, *((_known(name), None) for name in arguments.get("take_back") or [])]:
        count = marks.put(store, viewer.current().login, what, value, numbers)
        told.append(ngettext("{number} call marked.", "{number} calls marked.", count).format(number=number(count)))
    return "\n".join([*told, *(line for call in calls for line in _history(store, call))])


def _set(text: str) -> tuple[str, str]:
    what, sign, value = text.partition("=")
    if not sign:
        raise Problem("{text}: write a mark as WHAT=VALUE, such as sale=1500.", text=text)
    return _known(what), value


def _known(what: str) -> str:
    if what not in MARKS:
        raise Problem("There is no mark {what}. Known are: {known}.", what=what, known=", ".join(MARKS))
    return what


def _named(text: str) -> tuple[str, str]:
    system, sign, id_ = text.partition("/")
    if not sign:
        raise Problem("{text}: write a call as SYSTEM/ID, such as novofon/123.", text=text)
    return system, id_


def _number(store: Store, system: str, id_: str) -> int:
    found = store.rows("SELECT call_no FROM calls WHERE system = $1 AND id = $2", [system, id_])
    if not found:
        raise Problem("There is no call {id} of {system}.", id=id_, system=system)
    return int(found[0][0])


def _history(store: Store, call: Sequence[str]) -> list[str]:
    """The marks of a call, the newest first; instants are UTC."""
    system, id_ = call
    return [
        f"{system}/{id_}  {made_at:%Y-%m-%d %H:%M:%S}Z  {telling.who(who)}: {telling.title(what, value)}"
        for what, value, who, made_at in marks.history(store, system, id_)
    ]
