"""The glossary on the page: every number with its meaning, SQL, settings and value, and every breakdown."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import pandas as pd
import streamlit as st

from calldash import formats
from calldash import glossary as terms
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.labels import definition, dimension_title, period_label, title, value_label
from calldash.metrics import METRICS
from calldash.query import Moment
from calldash.server.running import store
from calldash.ui import address, asking, drill, menu, style
from calldash.ui.safe import as_html, as_markdown

_WHOLE, _CHOSEN = "whole", "chosen"


def scope() -> CallFilter:
    """Over what the values are shown, chosen here: all the data, or the filter in force."""
    chosen, known = address.filter_now(), asking.days()
    if known is None:
        return CallFilter()
    period = period_label(chosen.since, chosen.until)
    count = len(chosen.chosen) + len(chosen.ranges)
    more = " + " + ngettext("{number} filter", "{number} filters", count).format(number=count) if count else ""
    names = {_WHOLE: _("All the data"), _CHOSEN: period + more}
    picked = st.segmented_control(
        _("Values of"), list(names), format_func=lambda one: as_markdown(names[one]), key="glossary_scope",
        default=_WHOLE, required=True,
    )  # fmt: skip
    return chosen if picked == _CHOSEN else CallFilter(*known)


def search() -> str:
    """What is looked for, chosen here."""
    return st.text_input(_("Find a number"), key="glossary_search", placeholder=_("name, key or a word")).strip()


def numbers(chosen: CallFilter, asked: str) -> None:
    """Every number in whose name, key or definition `asked` occurs, by subject."""
    style.also("glossary")
    found = [term for term in terms.terms() if _matches(asked, _words(term))]
    now = asking.one(list(METRICS), chosen, cases=True)
    moment = Moment(store().settings, store().now())
    for subject, group in groupby(found, key=lambda term: term.subject):
        drill.heading(_(subject))
        with st.grid(2, min_column_width=330, gap="medium"):
            for term in group:
                _number(term.metric.key, now, chosen, moment)
    if not found:
        st.info(_("No number has this in its name or definition."), icon=":material/search_off:")


def _words(term: terms.Term) -> Sequence[str]:
    key = term.metric.key
    return title(key), key, definition(key), _(term.subject)


def _matches(asked: str, words: Sequence[str]) -> bool:
    return any(asked.casefold() in word.casefold() for word in words)


def _number(key: str, now: pd.Series, chosen: CallFilter, moment: Moment) -> None:
    with st.container(gap="xxsmall"):
        st.html(markup(key, now[key], now.get(f"{key}_cases"), moment))
        if menu.exists("calls") and pd.notna(now[key]):
            where = address.params(replace(chosen, behind=key))
            label = as_markdown(_("Open these calls"))
            st.page_link(menu.page("calls"), label=label, icon=":material/call_log:", query_params=where)


def markup(key: str, value: Any, cases: Any, moment: Moment) -> str:
    """A number's HTML: title, key, value, definition, unit, settings with their values, SQL."""
    metric, formula = METRICS[key], _("Formula")
    facts = [_(terms.UNITS[metric.unit])]
    facts += [_(terms.BETTER[metric.better])] if metric.better else []
    if cases is not None and pd.notna(cases):
        number = int(cases)
        facts.append(ngettext("of {number} case", "of {number} cases", number).format(number=formats.number(number)))
    settings = [_setting(name, getattr(moment.settings, name)) for name in terms.settings_of(metric)]
    listed = f"<ul>{''.join(f'<li>{one}</li>' for one in settings)}</ul>" if settings else ""
    return (
        f'<div class="cd-term"><div class="cd-term-head"><strong>{as_html(title(key))}</strong>'
        f"<code>{as_html(key)}</code><span>{as_html(formats.show(key, value))}</span></div>"
        f"<div>{as_html(definition(key))}</div><div class='cd-note'>{as_html(' · '.join(facts))}</div>{listed}"
        f"<details><summary>{as_html(formula)}</summary>{_formula(key, moment)}</details></div>"
    )


def _setting(name: str, value: Any) -> str:
    if isinstance(value, tuple):
        value = ", ".join(f"{name}: {held}" for name, held in value) or None
    shown = _("not set") if value is None else str(value) if isinstance(value, str) else formats.number(value)
    return f"{as_html(_(terms.SETTINGS[name]))}: <strong>{as_html(shown)}</strong> <code>{as_html(name)}</code>"


def _formula(key: str, moment: Moment) -> str:
    metric = METRICS[key]
    over = _("Over {rows}:").format(rows=_(terms.ROWS[metric.table]))
    behind = _("The calls behind it:")
    parts = [(over, metric.sql), (behind, metric.rows)]
    return "".join(
        f"<div class='cd-note'>{as_html(words)}</div><pre>{as_html(terms.broken(terms.in_force(sql, moment)))}</pre>"
        for words, sql in parts
    )


def settings(asked: str) -> None:
    """The settings behind the numbers in whose name `asked` occurs, with their values in force."""
    found = store().settings
    names = [name for name, words in terms.SETTINGS.items() if _matches(asked, (name, _(words)))]
    if names:
        drill.heading(_("Settings in force"))
        listed = "".join(f"<li>{_setting(name, getattr(found, name))}</li>" for name in names)
        st.html(f'<div class="cd-term"><ul>{listed}</ul></div>')


def breakdowns(asked: str) -> None:
    """Every breakdown in whose name or key `asked` occurs: what it is called, its SQL, its values."""
    moment = Moment(store().settings, store().now())
    rows = [
        f"<tr><td><strong>{as_html(dimension_title(key))}</strong><br><code>{as_html(key)}</code></td>"
        f"<td>{as_html(', '.join(value_label(key, value) for value in values))}"
        f"<div><code>{as_html(terms.in_force(sql, moment))}</code></div></td></tr>"
        for key, sql, values in terms.breakdowns()
        if _matches(asked, (dimension_title(key), key))
    ]
    if rows:
        drill.heading(_("Breakdowns"))
        st.html(f'<table class="cd-breakdowns">{"".join(rows)}</table>')
