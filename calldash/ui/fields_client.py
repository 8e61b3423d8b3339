"""The field for clients' numbers: several at once, in any spelling, whole or in part. The URL gets clients' ids."""

import streamlit as st

from calldash.i18n import gettext as _
from calldash.numbers.client_search import LIMIT, find_clients, numbers_in
from calldash.server.running import store
from calldash.ui import address
from calldash.ui.safe import as_markdown

_TEXT, _LEFT = "filter_client", "filter_client_left"
Found = dict[str, list[tuple[int, str]]]


def draw() -> None:
    """Draws the field, and what of its numbers is left to choose among or was not found."""
    st.text_input(
        _("Client number"), key=_TEXT, on_change=_changed, placeholder=_("one or several, whole or in part"),
        help=_("Between several numbers stands a comma."),
    )  # fmt: skip
    left: Found = st.session_state.get(_LEFT, {})
    if nobody := [text for text, found in left.items() if not found]:
        numbers = ", ".join(nobody)
        st.caption(as_markdown(_("No client has such a number: {numbers}.").format(numbers=numbers)))
    for place, (text, found) in enumerate(left.items()):
        if found:
            _choice(place, text, found)


def _choice(place: int, text: str, found: list[tuple[int, str]]) -> None:
    """The clients whose number has `text`, each a button, and one for all of them."""
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        words = _("{part} is in several numbers; choose:") if len(found) < LIMIT else _("{part} is in many numbers:")
        st.caption(as_markdown(words.format(part=text)), width="content")
        for client_id, number in found:
            st.button(
                as_markdown(number), key=f"client_{place}_{client_id}", type="tertiary", on_click=_picked,
                args=(text, [client_id]),
            )  # fmt: skip
        if len(found) < LIMIT:
            ids = [client_id for client_id, _number in found]
            st.button(_("All of them"), key=f"client_{place}_all", on_click=_picked, args=(text, ids))


def _changed() -> None:
    """Clients found by themselves are chosen; the other texts stay, with who has them."""
    found: Found = {text: find_clients(store(), text) for text in numbers_in(store(), st.session_state[_TEXT])}
    alone = [few[0][0] for few in found.values() if len(few) == 1]
    st.session_state[_LEFT] = {text: some for text, some in found.items() if len(some) != 1}
    st.session_state[_TEXT] = ", ".join(text for text, some in found.items() if not some)
    if alone:
        _add(alone)


def _picked(text: str, ids: list[int]) -> None:
    st.session_state[_LEFT].pop(text, None)
    _add(ids)


def _add(ids: list[int]) -> None:
    """Chooses clients beside those that are chosen."""
    chosen = address.filter_now()
    every = dict.fromkeys([*chosen.values("client_id"), *(str(one) for one in ids)])
    address.put(chosen.choose("client_id", list(every)))
