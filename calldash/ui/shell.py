"""Runs before every page: language, menu, banners, filter bar; says one sentence when a page fails.

It lies outside `pages/`, so no address leads past it.
"""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from calldash.i18n import LANGUAGES, language, say
from calldash.i18n import gettext as _
from calldash.importing.files import DEMO
from calldash.people import LOCAL, viewer
from calldash.problems import Problem
from calldash.server import metrics
from calldash.server.running import store
from calldash.ui import address, asking, filter_bar, menu, run, style
from calldash.ui.reports import keep
from calldash.ui.safe import as_html

_ICON = Path(__file__).with_name("icon.svg")
_log = logging.getLogger(__name__)


def main() -> None:
    """Draws the whole of what the reader sees."""
    st.set_page_config(page_title="calldash", page_icon=str(_ICON), layout="wide")
    run.begin()
    _guarded(_draw)


def _draw() -> None:
    run.begin_with_store()
    style.apply()
    keys = [entry.key for entry in menu.entries()]
    if not keys:
        _refused()
        return
    pages = [menu.page(key) for key in keys]
    pages += [st.Page(_refused, title=_(entry.title), url_path=entry.key) for entry in menu.closed()]
    if menu.opens_elsewhere():
        pages.insert(0, st.Page(partial(_land, keys[0]), title="calldash", url_path="start", default=True))
    page = st.navigation(pages, position="hidden")
    entry = next(entry for entry in menu.PAGES if entry.key == (page.url_path or keys[0]))
    address.on_page(entry.key)
    keep.open_first(entry.key == keys[0])
    _sidebar(keys)
    st.set_page_config(page_title=f"{_(entry.title)} · calldash")
    st.title(_(entry.title), anchor=False)
    _open_to_everybody()
    _banner(entry)
    if entry.filtered and entry.key in keys:
        if not asking.days():
            return
        filter_bar.draw(entry.compared, entry.dated)
    _guarded(page.run, entry.key)


def _refused() -> None:
    """What there is of a page that the reader's role does not open."""
    st.error(_("Your role does not allow this."))


def _land(key: str) -> None:
    """To the first page of a role that does not see the overview."""
    st.switch_page(menu.page(key), query_params=address.page_params(key))


def _guarded(draw: Callable[[], None], page: str = "") -> None:
    """Runs `draw`; what goes wrong is logged in full and told in one sentence. How a `page` went is counted."""
    result = "cut off"
    try:
        draw()
        result = "ok"
    except Problem as problem:
        result = "problem"
        st.error(say(problem))
    except Exception:
        result = "error"
        _log.exception("A page failed.")
        st.error(_("This page could not be drawn. The details are in the log of the server."))
    finally:
        if page:
            metrics.page_ran(page, result)


def failed(error: Exception) -> bool:
    """Tells of an error outside of pages, as in a field's reaction; True keeps Streamlit from telling too."""
    _log.error("The app failed.", exc_info=error)
    metrics.page_ran("reaction", "error")
    st.error(_("This page could not be drawn. The details are in the log of the server."))
    return True


def _sidebar(keys: list[str]) -> None:
    with st.sidebar:
        st.markdown("**calldash**")
        for heading, found in menu.SECTIONS:
            shown = [entry.key for entry in found if entry.key in keys]
            if heading and shown:
                st.caption(_(heading))
            for key in shown:
                st.page_link(menu.page(key), query_params=address.page_params(key), width="stretch")
        st.html(_languages() + _signed_in())


def _languages() -> str:
    """Links to this page in each language. They load it anew: fields remember labels, which are others then."""
    here = {name: st.query_params[name] for name in st.query_params}
    links = [
        f'<a href="?{as_html(urlencode(here | {address.LANGUAGE: code}))}" target="_self" lang="{code}"'
        f"{' aria-current=true' * (code == language())}>{name}</a>"
        for code, name in LANGUAGES.items()
    ]
    return f'<nav class="cd-languages" aria-label="{as_html(_("Language"))}">{"".join(links)}</nav>'


def _signed_in() -> str:
    """Who is signed in, and the way out; nothing before there are accounts."""
    reader = viewer.current()
    if reader == LOCAL:
        return ""
    way_out = f'<a href="/sign-out" target="_self">{as_html(_("Sign out"))}</a>'
    return f'<p class="cd-signed-in">{as_html(reader.name)} · {way_out}</p>'


def _open_to_everybody() -> None:
    """Says on every page that there is no door, where the operator took it out."""
    if store().settings.open_to_everybody and viewer.current() == LOCAL:
        st.warning(_("Everybody who reaches this address sees and may change all calls."), icon=":material/lock_open:")


def _banner(entry: menu.Entry) -> None:
    """Says what data these are where they are none, or nobody's; nothing to who sees no figures."""
    if not viewer.current().may("figures"):
        return
    if not asking.days():
        icon, text = "info", _("There are no calls yet. Import an export of your phone system to see your numbers.")
    elif DEMO in asking.values("system"):
        icon, text = "science", _("These are calls of an invented company. Import your own, and they give way.")
    else:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="banner"):
        st.markdown(f":material/{icon}: {text}", width="content")
        if menu.exists("imports") and entry.key != "imports":
            st.page_link(menu.page("imports"), label=_("To the imports"), query_params=address.page_params("imports"))


if __name__ == "__main__":
    main()
