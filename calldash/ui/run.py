"""What every run needs before it says anything: whose language, which theme, which currency."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from calldash import colours, formats, i18n
from calldash.server.running import store
from calldash.settings import Settings
from calldash.ui import address, asking


def begin() -> None:
    """Sets language and theme of this run as far as that needs no store."""
    colours.use(st.context.theme.type == "dark")
    i18n.use(address.read().get(address.LANGUAGE, Settings.model_fields["language"].default))


def begin_with_store() -> None:
    """Sets what the store's settings and data decide: the default language, the currency of the money shown."""
    i18n.use(address.read().get(address.LANGUAGE) or store().settings.language)
    formats.use_currency(asking.currency(address.filter_now()))


def fragment(draw: Callable[..., None], every: float | None = None) -> Callable[..., None]:
    """`st.fragment` whose runs of its own, `every` so many seconds, speak the reader's language too."""

    def drawn(*given: Any, **named: Any) -> None:
        begin()
        begin_with_store()
        draw(*given, **named)

    drawn.__qualname__ = draw.__qualname__
    return st.fragment(drawn, run_every=every)
