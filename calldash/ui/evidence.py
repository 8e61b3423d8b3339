"""Taking the evidence pack of a client: which days, which language, what will be in it, and the download."""

from urllib.parse import urlencode

import streamlit as st

from calldash import evidence
from calldash.evidence import Counts, Question
from calldash.formats import number
from calldash.i18n import LANGUAGES, language, ngettext
from calldash.i18n import gettext as _
from calldash.server.running import store
from calldash.ui import address, asking, style
from calldash.ui.safe import as_html, as_markdown

_SINCE, _UNTIL, _LANGUAGE, _FETCH = "evidence_since", "evidence_until", "evidence_language", "evidence_fetch"
_FRESH_S = 30  # recordings come without a new version of the data


def draw(client_id: int) -> None:
    """The part of a card that is folded; what the pack will have is looked up only for who opens it."""
    # A popover near the end of the card would be cut off: it is placed before it is filled.
    pack = st.expander(_("Evidence pack"), icon=":material/folder_zip:", key="evidence", on_change="rerun")
    if pack.open:
        with pack:
            _fields(client_id)


def _fields(client_id: int) -> None:
    chosen, order = address.filter_now(), "DD.MM.YYYY" if language() == "ru" else "DD/MM/YYYY"
    st.caption(_("One ZIP with the calls, the rows they came from, recordings, transcripts, definitions and hashes."))
    with st.container(horizontal=True, gap="small"):
        since = st.date_input(_("First day"), chosen.since, key=f"{_SINCE}_{client_id}", format=order, width=150)
        until = st.date_input(_("Last day"), chosen.until, key=f"{_UNTIL}_{client_id}", format=order, width=150)
    spoken = st.segmented_control(
        _("Language of the pack"), list(LANGUAGES), format_func=LANGUAGES.__getitem__, default=language(),
        key=f"{_LANGUAGE}_{client_id}", required=True,
    )  # fmt: skip
    if since and until and since > until:
        st.warning(_("The period ends before it begins."))
        return
    counts = _counts(Question(client_id, "", since, until), asking.stamp())
    st.markdown("\n".join(f"- {as_markdown(one)}" for one in _contents(counts)))
    fetch = bool(counts.afar) and st.toggle(_("Fetch them now"), key=f"{_FETCH}_{client_id}")
    style.also("evidence")
    asked = {name: day.isoformat() for name, day in (("since", since), ("until", until)) if day}
    st.html(_link(client_id, asked | {address.LANGUAGE: spoken or language()} | ({"fetch": "1"} if fetch else {})))


@st.cache_data(max_entries=32, ttl=_FRESH_S, show_spinner=False)
def _counts(question: Question, stamp: tuple[str, ...]) -> Counts:  # noqa: ARG001
    return evidence.counts(store(), question)


def _contents(counts: Counts) -> list[str]:
    """What will be in the pack, in words."""
    found = [
        (ngettext("{number} call or message", "{number} calls and messages", counts.calls), counts.calls),
        (ngettext("{number} recording", "{number} recordings", counts.recordings), counts.recordings),
        (ngettext("{number} transcript", "{number} transcripts", counts.transcripts), counts.transcripts),
    ]
    if counts.afar:
        words = ngettext(
            "{number} recording still lies at the provider",
            "{number} recordings still lie at the provider",
            counts.afar,
        )
        found.append((words, counts.afar))
    return [words.format(number=number(amount)) for words, amount in found]


def _link(client_id: int, asked: dict[str, str]) -> str:
    """A plain link, so that the file is saved while it is made and the page stays as it is."""
    href = as_html(f"evidence/{client_id}?{urlencode(asked)}")
    words = as_html(_("Download the pack"))
    return f'<nav class="cd-pack"><a href="{href}" target="_self" download>{words}</a></nav>'
