"""What is shown as a file: links to the routes of exports and of files, which ask and note who takes what."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

from calldash.export import FORMATS
from calldash.i18n import gettext as _
from calldash.i18n import language
from calldash.people import viewer
from calldash.privacy import pseudonyms
from calldash.server import paths
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
    return _links([(f"export/{form}", _(FORMATS[form].title), pairs) for form in forms])


def files(kind: str, found: Sequence[tuple[str, Mapping[str, str]]]) -> str:
    """Links to files of a kind that `server.files` knows, by their words and what the route is asked; the same way."""
    return _links([(f"file/{kind}", words, pairs) for words, pairs in found], "cd-files")


def _links(found: Sequence[tuple[str, str, Mapping[str, str]]], style: str = "") -> str:
    """Links by place, words and pairs, of those places that are for who is asking."""
    reader = viewer.current()
    shown = "".join(
        f'<a href="{place}?{as_html(urlencode({**pairs, address.LANGUAGE: language()}))}" target="_self" download>'
        f"{as_html(words)}</a>"
        for place, words, pairs in found
        if paths.may(reader, f"/{place}")
    )
    classes = f"cd-downloads {style}".strip()
    return f'<nav class="{classes}" aria-label="{as_html(_("Download"))}">{shown}</nav>' if shown else ""
