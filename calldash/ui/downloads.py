"""What is shown as a file: links to the route of exports, which hands out as many rows as there are."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

from calldash.export import FORMATS
from calldash.i18n import gettext as _
from calldash.i18n import language
from calldash.ui import address
from calldash.ui.safe import as_html


def draw(pairs: Mapping[str, str], forms: Sequence[str] = tuple(FORMATS), key: str = "downloads") -> None:
    """A popover with a link a format; `pairs` are what the route is asked, in the reader's language."""
    with st.popover(_("Download"), icon=":material/download:", key=key):
        st.html(links(pairs, forms))


def links(pairs: Mapping[str, str], forms: Sequence[str]) -> str:
    """The links as HTML. They are plain ones, so that a file is saved and the page stays as it is."""
    query = urlencode({**pairs, address.LANGUAGE: language()})
    found = [
        f'<a href="export/{form}?{as_html(query)}" target="_self" download>{as_html(_(FORMATS[form].title))}</a>'
        for form in forms
    ]
    return f'<nav class="cd-downloads" aria-label="{as_html(_("Download"))}">{"".join(found)}</nav>'
