"""Rules on the page: the list in its order, a draft of it that is tried before it is saved, and who changed what."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import ngettext, say
from calldash.labels import title, value_label
from calldash.marking import rules
from calldash.people import masking, viewer
from calldash.problems import Problem
from calldash.query import probing
from calldash.server.running import store
from calldash.store.rule_conditions import Rule
from calldash.ui import address, drill, menu, rule_words
from calldash.ui.advertising import history, rule_form
from calldash.ui.safe import as_markdown

_DRAFT, _TRIED, _SAID = "rules_draft", "rules_tried", "rules_said"


def draw() -> None:
    """The whole part."""
    drill.heading(_("Rules in their order"))
    st.write(
        _("Whether a call is spam, and whether it is a target call, is said by the first rule that fits; tags add up.")
        + " "
        + _("What people mark on a call comes before rules, and rules before the phone system.")
    )
    kept = rules.rules(store())
    draft: list[Rule] = st.session_state.get(_DRAFT, kept)
    for place, rule in enumerate(draft):
        _row(place, rule, draft)
    _starts()
    if taken := rule_form.draw():
        rule, at = taken
        _change([*draft, rule] if at is None else [*draft[:at], rule, *draft[at + 1 :]])
    if draft != kept:
        _draft(draft)
    if said := st.session_state.pop(_SAID, None):
        st.success(said, icon=":material/check:")
    history.draw(rules.history(store()))


def _change(draft: Sequence[Rule]) -> None:
    st.session_state[_DRAFT] = list(draft)
    st.session_state.pop(_TRIED, None)
    st.rerun()


def _row(place: int, rule: Rule, draft: list[Rule]) -> None:
    key = f"rule_row_{rule.rule_no or f'new{place}'}"
    with st.container(border=True, gap="xsmall", key=key):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{place + 1}. {as_markdown(rule.name)}**", width="stretch")
            _count(rule, key)
            with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
                _switch(place, rule, draft, key)
                _buttons(place, rule, draft, key)
        st.markdown(as_markdown(rule_words.sentence(rule)))


def _count(rule: Rule, key: str) -> None:
    """Of how many calls a saved rule says something: a number that opens them."""
    if rule.rule_no is None:
        return
    number = rules.counts(store()).get(rule.rule_no, 0)
    text = ngettext("{number} call", "{number} calls", number).format(number=formats.number(number))
    help_ = as_markdown(_("Open the calls of the rule {name}").format(name=rule.name))
    shown = number and menu.exists("calls")
    if st.button(text, key=f"{key}_calls", type="tertiary", help=help_ if shown else None, disabled=not shown):
        since, until = address.span()
        drill.open_calls(CallFilter(since, until, behind=f"rule:{rule.rule_no}"))


def _switch(place: int, rule: Rule, draft: list[Rule], key: str) -> None:
    label = as_markdown(_("In force: {name}").format(name=rule.name))
    # Its key tells the state, so that a draft thrown away takes the switch with it.
    on = st.toggle(label, rule.active, key=f"{key}_{rule.active}", label_visibility="collapsed")
    if on != rule.active:
        _change([*draft[:place], replace(rule, active=on), *draft[place + 1 :]])


def _buttons(place: int, rule: Rule, draft: list[Rule], key: str) -> None:
    up, edit, remove = (
        st.button("", icon=f":material/{icon}:", key=f"{key}_{icon}", help=as_markdown(words.format(name=rule.name)),
                  type="tertiary", disabled=off)
        for icon, words, off in (
            ("arrow_upward", _("Earlier: {name}"), place == 0),
            ("edit", _("Edit: {name}"), probing.hidden(rules.asked_by(rule.conditions))),
            ("delete", _("Remove: {name}"), False),
        )
    )  # fmt: skip
    if up:
        _change([*draft[: place - 1], rule, draft[place - 1], *draft[place + 1 :]])
    if edit:
        rule_form.open_with(rule, place)
    if remove:
        _change([*draft[:place], *draft[place + 1 :]])


def _starts() -> None:
    """Buttons that put a rule to begin with into the form."""
    with st.container(horizontal=True, gap="small"):
        for code, (name, rule) in rule_form.starts().items():
            if st.button(_(name), key=f"rule_start_{code}", icon=":material/add:"):
                rule_form.open_with(replace(rule, name=_(name)), None)


def _draft(draft: list[Rule]) -> None:
    """What saving would do, and the buttons for it."""
    st.info(_("These rules are not saved yet."), icon=":material/edit_note:")
    try:
        with st.container(horizontal=True):
            if st.button(_("Show what would change"), key="rules_try", icon=":material/preview:"):
                st.session_state[_TRIED] = rules.tried(store(), draft)
            if st.button(_("Save"), key="rules_save", type="primary", icon=":material/save:"):
                _save(draft)
            if st.button(_("Discard"), key="rules_discard"):
                _change(rules.rules(store()))
    except Problem as problem:
        st.error(say(problem), icon=":material/error:")
    if found := st.session_state.get(_TRIED):
        _tried(found)


def _save(draft: list[Rule]) -> None:
    count = rules.save(store(), viewer.current().login, draft)
    text = ngettext("Saved. {number} call changed.", "Saved. {number} calls changed.", count)
    st.session_state[_SAID] = text.format(number=formats.number(count))
    st.session_state.pop(_DRAFT, None)
    st.session_state.pop(_TRIED, None)
    st.rerun()


def _tried(found: rules.Tried) -> None:
    text = ngettext("{number} call would change.", "{number} calls would change.", found.calls)
    st.markdown(as_markdown(text.format(number=formats.number(found.calls))))
    moved = {key: pair for key, pair in found.figures.items() if pair[0] != pair[1]}
    if moved:
        frame = pd.DataFrame(
            {
                _("Number"): [title(key) for key in moved],
                _("now"): [formats.show(key, before) for key, (before, _after) in moved.items()],
                _("then"): [formats.show(key, after) for key, (_before, after) in moved.items()],
            }
        )
        st.dataframe(frame, hide_index=True, alt=_("Numbers that would change"))
    if found.sample:
        _sample(found)


def _sample(found: rules.Tried) -> None:
    st.caption(_("The newest of these calls"))
    frame = pd.DataFrame(
        {
            _("Start"): [row.started_at for row in found.sample],
            _("Client"): [masking.of_client(row.client or "") for row in found.sample],
            _("now"): [_class(row.was) for row in found.sample],
            _("then"): [_class(row.then) for row in found.sample],
        }
    )
    times = {_("Start"): st.column_config.DatetimeColumn(format="DD.MM.YYYY HH:mm")}
    st.dataframe(frame, hide_index=True, column_config=times, placeholder=formats.NOTHING,
                 alt=_("The newest of these calls"))  # fmt: skip


def _class(ruled: str | None) -> str:
    return value_label("ruled", ruled) if ruled else _("no rule")
