"""The form of one rule: its name, what it does, its conditions, and how many such calls make a burst."""

from dataclasses import replace

import streamlit as st

from calldash.i18n import gettext as _
from calldash.i18n import mark, say
from calldash.marking import rules
from calldash.metrics.rule_columns import COMPARISONS, EFFECTS, RULE_COLUMNS, WITHOUT_VALUE
from calldash.problems import Problem
from calldash.query import probing
from calldash.server.running import store
from calldash.store.rule_conditions import Condition, Rule
from calldash.ui import rule_words

EDITED = "rule_edited"  # the rule in the form, and its place in the list (None: a new one)
_MORE = "rule_more"
_MOST = 8
# Rules to begin with: name, what they do, conditions, burst.
STARTS = {
    "block": (mark("Block list"), Rule("", "spam", (Condition("client", "begins", ()),))),
    "burst": (mark("Burst of calls"), Rule("", "spam", (), burst_calls=5, burst_minutes=10)),
    "never": (mark("Never a target"), Rule("", "not_target", (Condition("line", "is", ()),))),
    "own": (mark("Rule of one's own"), Rule("", "tag", (Condition("source", "is", ()),))),
}


def starts() -> dict[str, tuple[str, Rule]]:
    """The rules to begin with that whoever asks may make."""
    return {code: one for code, one in STARTS.items() if not probing.hidden(rules.asked_by(one[1].conditions))}


def open_with(rule: Rule, place: int | None) -> None:
    """Puts a rule into the form."""
    st.session_state[EDITED] = (rule, place)
    st.session_state[_MORE] = max(1, len(rule.conditions))
    st.session_state["rule_round"] = st.session_state.get("rule_round", 0) + 1


def draw() -> tuple[Rule, int | None] | None:
    """The form while a rule is edited; gives the rule and its place once it is taken over."""
    if EDITED not in st.session_state:
        return None
    rule, place = st.session_state[EDITED]
    with st.container(border=True):
        made = _fields(rule, f"rule_{st.session_state['rule_round']}")
        taken = st.container(horizontal=True)
        if taken.button(_("Cancel"), key="rule_cancel"):
            del st.session_state[EDITED]
            st.rerun()
        if taken.button(_("Take over"), key="rule_take", type="primary", icon=":material/check:"):
            return _taken(made, place)
    return None


def _taken(made: Rule, place: int | None) -> tuple[Rule, int | None] | None:
    try:
        rule = rules.checked(made, store().settings.region)
    except Problem as problem:
        st.error(say(problem), icon=":material/error:")
        return None
    del st.session_state[EDITED]
    return rule, place


def _fields(rule: Rule, key: str) -> Rule:
    left, middle, right = st.columns(3)
    name = left.text_input(_("Name"), rule.name, key=f"{key}_name", max_chars=100)
    words = {code: _(word) for code, word in rule_words.EFFECTS.items()}
    does = middle.selectbox(
        _("Such a call"), EFFECTS, EFFECTS.index(rule.does), format_func=words.__getitem__, key=f"{key}_does"
    )
    tag = right.text_input(_("Tag"), rule.tag or "", key=f"{key}_tag", max_chars=40) if does == "tag" else None
    held = [*rule.conditions, *[None] * _MOST][: st.session_state[_MORE]]
    found = [_condition(one, f"{key}_{at}") for at, one in enumerate(held)]
    if len(held) < _MOST and st.button(_("One more condition"), key=f"{key}_more", icon=":material/add:"):
        st.session_state[_MORE] += 1
        st.rerun()
    calls, minutes = _burst(rule, key)
    kept = tuple(one for one in found if one)
    return replace(
        rule, name=name, does=does, tag=tag, conditions=kept, burst_calls=calls or None, burst_minutes=minutes or None
    )


def _burst(rule: Rule, key: str) -> tuple[int, int]:
    st.caption(_("Only where one client makes at least so many such calls to one line, within so many minutes:"))
    left, right = st.columns(2)
    calls = left.number_input(_("Calls (0: any)"), 0, 1000, rule.burst_calls or 0, key=f"{key}_calls")
    minutes = right.number_input(_("Minutes"), 0, 10080, rule.burst_minutes or 0, key=f"{key}_minutes")
    return int(calls), int(minutes) if calls else 0


def _condition(held: Condition | None, key: str) -> Condition | None:
    """One condition; None while no column is picked."""
    left, middle, right = st.columns(3)
    titles = {name: rule_words.column(name) for name in RULE_COLUMNS if not probing.hidden([name])}
    known = list(titles)
    column = left.selectbox(
        _("Condition"), known, known.index(held.column) if held else None, format_func=titles.__getitem__,
        key=f"{key}_column", placeholder=_("— none —"),
    )  # fmt: skip
    if column is None:
        return None
    hows = COMPARISONS[RULE_COLUMNS[column].type]
    at = hows.index(held.comparison) if held and held.comparison in hows else 0
    words = {how: _(rule_words.COMPARISONS[how]) for how in hows}
    how = middle.selectbox(_("Comparison"), hows, at, format_func=words.__getitem__, key=f"{key}_{column}_how")
    if how in WITHOUT_VALUE:
        return Condition(column, how)
    values = held.values if held and held.column == column else ()
    with right:
        return Condition(column, how, _values(column, values, f"{key}_{column}_value"))


def _values(column: str, held: tuple[str, ...], key: str) -> tuple[str, ...]:
    known = RULE_COLUMNS[column].values
    if known:
        words = {code: rule_words.value(column, code) for code in known}
        picked = st.multiselect(_("Any of"), known, held, format_func=words.__getitem__, key=key, placeholder=_("all"))
        return tuple(picked)
    help_ = _("Several with commas: any of them fits.")
    label = _("Value, seconds") if column.endswith("_s") else _("Value")
    text = st.text_input(label, ", ".join(held), key=key, help=help_)
    if RULE_COLUMNS[column].type == "number":
        return (text,)
    return tuple(part.strip() for part in text.split(",") if part.strip())
