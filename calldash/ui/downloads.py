"""What is shown as a file: links to the route of exports, which hands out as many rows as there are."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

from calldash.export import FORMATS
from calldash.i18n import gettext as _
from calldash.i18n import language
from calldash.people import viewer
from calldash.privacy import pseudonyms
from calldash.ui import address
from calldash.ui.safe import as_html


def draw(pairs: Mapping[str, str], forms: Sequence[str] = tuple(FORMATS), key: str = "downloads") -> None:
    """A popover with a link a format, for who may export; `pairs` are what the route is asked."""
    if not viewer.current().may("export"):
        return
    with st.popover(_("Download"), icon=":material/download:", key=key):
        words = _("One client, one pseudonym; it cannot be turned back into the number.")
        asked = st.toggle(_("Pseudonyms instead of numbers"), key=f"{key}_pseudonyms", help=words)
        st.html(links({**pairs, **({"numbers": pseudonyms.ASKED} if asked else {})}, forms))


def links(pairs: Mapping[str, str], forms: Sequence[str]) -> str:
    """The links as HTML, none for who may not export. They are plain: a file is saved and the page stays as it is."""
    if not viewer.current().may("export"):
        return ""
    query = urlencode({**pairs, address.LANGUAGE: language()})
    found = [
        f'<a href="export/{form}?{as_html(query)}" target="_self" download>{as_html(_(FORMATS[form].title))}</a>'
        for form in forms
    ]
    return f'<nav class="cd-downloads" aria-label="{as_html(_("Download"))}">{"".join(found)}</nav>'
