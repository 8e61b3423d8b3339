"""Forwarding a recording: a link is made for some days, those in force are listed and can be withdrawn."""

import ipaddress
from urllib.parse import urljoin, urlsplit

import streamlit as st

from calldash import formats
from calldash.i18n import gettext as _
from calldash.people import viewer
from calldash.recordings import Call, links, local
from calldash.recordings.links import Link
from calldash.server.running import store
from calldash.telling.values import moment
from calldash.ui import run


def draw(call: Call) -> None:
    """Draws the button that opens what forwarding takes."""
    with st.popover(_("Forward"), icon=":material/forward_to_inbox:", key=f"forward_{call.call_no}"):
        run.fragment(_content)(call)


def _content(call: Call) -> None:
    made = f"forwarded_{call.call_no}"
    days = st.segmented_control(
        _("Valid for"), links.DAYS, default=links.DAYS[0], format_func=formats.days, key=f"days_{call.call_no}",
        required=True,
    )  # fmt: skip
    begin = st.number_input(_("Begin at second"), 0, 86400, step=1, key=f"begin_{call.call_no}")
    if st.button(_("Make a link"), type="primary", key=f"make_{call.call_no}"):
        st.session_state[made] = links.create(
            store(), call, viewer.current().login, int(days or links.DAYS[0]), int(begin)
        )
    if token := st.session_state.get(made):
        _address(urljoin(st.context.url or "", f"shared/{token}"))
    _in_force(call, made)


def _address(url: str) -> None:
    """The link that was just made: only its hash is kept, so it is shown this once."""
    st.code(url, language=None, wrap_lines=True)
    st.caption(_("Copy it now: it is shown only once. Whoever has it can listen to this recording."))
    if _is_here(urlsplit(url).hostname or ""):
        st.caption(_("It works only on this machine: calldash is not open to others."))


def _in_force(call: Call, made: str) -> None:
    found = links.in_force(store(), call)
    if not found:
        return
    st.markdown(f"**{_('Links in force')}**")
    for link in found:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_("until {time}").format(time=_until(link)), width="stretch")
            if st.button(_("Withdraw"), key=f"withdraw_{link.link_no}"):
                links.revoke(store(), link, viewer.current().login)
                st.session_state.pop(made, None)
                st.rerun(scope="fragment")


def _until(link: Link) -> str:
    return moment(local(link.expires_at, store().settings.zone))


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
