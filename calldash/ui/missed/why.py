"""Why calls were missed: a tree of causes, each of which opens its calls, and what would have helped."""

from dataclasses import dataclass, replace

import streamlit as st

from calldash import charts, formats
from calldash.charts import Branch
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import mark, ngettext
from calldash.labels import value_label
from calldash.missed.what_helps import Help, Hour, of_hours
from calldash.server.running import store
from calldash.ui import address, asking, drill, menu
from calldash.ui.safe import as_markdown


@dataclass(frozen=True)
class Group:
    """Causes that belong together: title, codes, and what their colour means."""

    title: str
    causes: tuple[str, ...]
    meaning: str


GROUPS = (
    Group(mark("Nobody could answer"), ("closed", "nobody", "technical"), "other"),
    Group(mark("Nobody answered"), ("all_busy", "rang_out", "rejected"), "missed"),
    Group(
        mark("The client left"),
        ("left_short", "left_10", "left_20", "left_30", "left_60", "left_later"),
        "waiting",
    ),
    Group(mark("Not known"), ("unknown",), "other"),
)


def draw(chosen: CallFilter) -> None:
    """Draws the tree, and says how the causes are told and what is left out."""
    branches, total = found(chosen)
    drill.chart(charts.tree(branches, total), "why", chosen, ["miss_cause"], "missed_calls")
    held = store().settings
    text = _(
        "Each missed call has one cause. Closed: outside {hours}, public holidays too. Left at once: before {short}. "
        "Everybody busy: everybody the queue rings was talking when the client came and when they left."
    )
    st.caption(as_markdown(text.format(hours=held.working_hours, short=formats.duration(held.short_abandon_s))))
    spam = int(asking.one(["spam_calls"], chosen.choose("direction", ["inbound"]))["spam_calls"])
    if spam and menu.exists("calls"):
        words = ngettext("Apart from these: {number} spam call", "Apart from these: {number} spam calls", spam)
        where = address.params(replace(chosen.choose("direction", ["inbound"]), behind="spam_calls"))
        st.page_link(menu.page("calls"), label=words.format(number=formats.number(spam)), query_params=where)


def found(chosen: CallFilter) -> tuple[list[Branch], int]:
    """The groups with their causes below them, and the number of missed calls, which the causes add up to."""
    counted = asking.ask(["missed_calls"], ["miss_cause"], chosen).dropna(subset=["miss_cause"])
    counts = dict(zip(counted["miss_cause"], counted["missed_calls"].astype(int), strict=True))
    branches = []
    for group in GROUPS:
        whole = sum(counts.get(cause, 0) for cause in group.causes)
        branches.append(Branch(_(group.title), whole, group.causes, group.meaning, leaf=False))
        if len(group.causes) > 1:
            branches += [
                Branch(value_label("miss_cause", cause), counts.get(cause, 0), (cause,), group.meaning)
                for cause in group.causes
            ]
    return branches, sum(counts.values())


def helped(chosen: CallFilter) -> None:
    """Says which hours, answered like the hours beside them, would have saved most."""
    told = helps(chosen)
    if not told:
        st.caption(_("No hour is surely worse than the hours beside it."))
        return
    with st.container(key="helped", gap="xsmall"):
        for one in told:
            _tell(one, chosen)


def _tell(one: Help, chosen: CallFilter) -> None:
    text = _("Answering {hour} like {other} would have saved {saved} calls a week ({low}–{high}).").format(
        hour=_span(one.worse), other=_span(one.better), saved=_number(one.saved), low=_number(one.low),
        high=_number(one.high),
    )  # fmt: skip
    calls = chosen.choose("hour", [str(one.worse.hour)]).choose("working", ["yes"])
    where = address.params(replace(calls, behind="missed_calls"))
    if menu.exists("calls"):
        st.page_link(menu.page("calls"), label=as_markdown(text), query_params=where, icon=":material/lightbulb:")
    else:
        st.markdown(as_markdown(text))
    sum_ = _("{calls} inbound calls × ({share} − {other} missed) / {weeks} weeks").format(
        calls=formats.number(one.worse.calls), share=formats.share(one.worse.share),
        other=formats.share(one.better.share), weeks=_number(one.weeks),
    )  # fmt: skip
    st.caption(as_markdown(sum_))


def helps(chosen: CallFilter) -> list[Help]:
    """The hours that would have helped, over the filter's days."""
    known = asking.days()
    if known is None:
        return []
    since, until = max(chosen.since or known[0], known[0]), min(chosen.until or known[1], known[1])
    by_hour = asking.ask(["open_missed_share"], ["hour"], chosen, cases=True)
    return of_hours(by_hour, (until - since).days + 1)


def _span(one: Hour) -> str:
    return f"{one.hour}–{one.hour + 1}"


def _number(value: float) -> str:
    return formats.number(round(value, 1) if value < 10 else round(value))
