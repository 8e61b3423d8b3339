"""`talks`: listening to recordings not listened to yet."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from calldash.i18n import gettext as _
from calldash.problems import Problem
from calldash.store import Store
from calldash.talk.analysing import Analysis


def analyse(store: Store, arguments: dict[str, Any], progress: Callable[[float], None]) -> str:
    """At most `most` calls; gives what was found. Recordings that were missing are looked for again."""
    most = arguments.get("most")
    if most is not None and most < 1:
        raise Problem("--most {most}: write a number of calls, from 1 on.", most=most)
    done = Analysis(store, progress=progress).run(most, again=timedelta())
    text = _("Calls analysed: {known}; not to be analysed: {unknown}; recordings listened to: {heard}")
    return text.format(known=done.known, unknown=done.unknown, heard=done.heard)
