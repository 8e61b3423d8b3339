"""What every run needs before it says anything: whose language, which theme, which currency."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from calldash import colours, formats, i18n
from calldash.people import LOCAL, NOBODY, Person, sessions, viewer
from calldash.server import entrance, tabs
from calldash.server.running import store
from calldash.settings import Settings
from calldash.ui import address, asking


def begin() -> None:
    """Sets language, theme and reader of this run as far as that needs no store."""
    colours.use(st.context.theme.type == "dark")
    i18n.use(address.read().get(address.LANGUAGE, Settings.model_fields["language"].default))


def begin_with_store() -> None:
    """Sets what the store decides: who is asking, the default language, the currency of the money shown."""
    reader = _reader()
    viewer.use(reader)
    if (page := get_script_run_ctx(suppress_warning=True)) is not None:
        tabs.begun(page.session_id, reader)
    i18n.use(address.read().get(address.LANGUAGE) or store().settings.language)
    formats.use_currency(asking.currency(address.filter_now()))


def _reader() -> Person:
    """Whose session the page's cookie is of; before there are accounts, whoever sits at the machine.

    The door has turned away all others, and does so again with each message.
    """
    if not sessions.of(store()).needed():
        return LOCAL
    found = session()
    return found.person if found else NOBODY


def session() -> sessions.Session | None:
    """The session that the page's cookie is of; None where there is none, or no more."""
    return sessions.of(store()).find(entrance.token_in(st.context.cookies))


def _reader_of_page() -> Person | None:
    """The same where a page is running or reacts to a click; None elsewhere in the process."""
    return _reader() if get_script_run_ctx(suppress_warning=True) else None


viewer.found_by(_reader_of_page)


def fragment(draw: Callable[..., None], every: float | None = None) -> Callable[..., None]:
    """`st.fragment` whose runs of its own, `every` so many seconds, speak the reader's language too."""

    def drawn(*given: Any, **named: Any) -> None:
        begin()
        begin_with_store()
        draw(*given, **named)

    drawn.__qualname__ = draw.__qualname__
    return st.fragment(drawn, run_every=every)
