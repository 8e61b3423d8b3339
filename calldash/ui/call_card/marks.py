"""The part of a call's card where people say what the call was: outcome, target, spam, tags, a note; with history."""

from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from calldash.i18n import gettext as _
from calldash.marking import marks as kept
from calldash.server.running import store
from calldash.telling import marks as telling
from calldash.telling.values import moment
from calldash.ui import marks
from calldash.ui.safe import as_markdown


def draw(call: dict[str, Any]) -> None:
    """Draws the marks of a call; a change is kept at once, and the page drawn again."""
    number, system, id_ = int(call["call_no"]), str(call["system"]), str(call["id"])
    st.subheader(_("Marks"), anchor=False)
    now = kept.in_force(store(), system, id_)
    with st.container(horizontal=True, key="call-marks"):
        for what, words in telling.CHOICES.items():
            name, values = words()
            key = f"{what}_{number}_{now[what]}"
            st.segmented_control(
                name, list(values), format_func=values.__getitem__, default=now[what], key=key, on_change=_choose,
                args=(what, number, key),
            )  # fmt: skip
    st.caption(_("What is not chosen stays as the phone system has it."))
    _sale(number, now["sale"])
    _tags(number, marks.split(call["tags"]))
    _note(number, now["note"])
    _history(system, id_)
    if marks.told():
        st.rerun()


def _choose(what: str, number: int, key: str) -> None:
    marks.make(what, st.session_state[key], [number])


def _sale(number: int, sale: str | None) -> None:
    key = f"sale_{number}_{hash(sale)}"
    label = _("Amount of the sale, {currency}").format(currency=store().settings.currency)
    st.text_input(
        label, sale.split()[0] if sale else "", key=key, max_chars=40, on_change=_put_sale, args=(number, key),
        placeholder=_("As the phone system has it"),
    )  # fmt: skip


def _put_sale(number: int, key: str) -> None:
    marks.make("sale", st.session_state[key].strip() or None, [number])


def _tags(number: int, tags: list[str]) -> None:
    key = f"tags_{number}_{'_'.join(tags)}"
    st.multiselect(
        _("Tags"), marks.offered(tags), tags, key=key, accept_new_options=True, placeholder=_("Choose or write a tag"),
        on_change=_put_tags, args=(number, tags, key),
    )  # fmt: skip


def _put_tags(number: int, before: list[str], key: str) -> None:
    after = st.session_state[key]
    for what, names in (("tag", set(after) - set(before)), ("untag", set(before) - set(after))):
        for name in sorted(names):
            marks.make(what, name, [number])


def _note(number: int, note: str | None) -> None:
    key = f"note_{number}_{hash(note)}"
    st.text_area(
        _("Note"), note or "", key=key, max_chars=2000, height=80, on_change=_put_note, args=(number, key),
        placeholder=_("What others should know about this call"),
    )  # fmt: skip


def _put_note(number: int, key: str) -> None:
    marks.make("note", st.session_state[key].strip() or None, [number])


def _history(system: str, id_: str) -> None:
    found = kept.history(store(), system, id_)
    if not found:
        return
    zone = ZoneInfo(store().settings.zone)
    with st.expander(_("History of the marks")):
        for what, value, who, made_at in found:
            when = moment(pd.Timestamp(made_at, tz="UTC").tz_convert(zone))
            st.markdown(as_markdown(f"{when} · {telling.who(who)} · {telling.title(what, value)}"))
