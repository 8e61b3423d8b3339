"""Where the next sum of money did best, with how sure that is."""

import streamlit as st

from calldash import formats
from calldash.advertising import ad_results
from calldash.advertising.results import planner
from calldash.advertising.results.planner import Advice
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.labels import value_label
from calldash.ui import drill, fields, opening_table
from calldash.ui.opening_table import Cell, Row
from calldash.ui.results import page as results
from calldash.ui.safe import as_markdown

_USUAL, _LEAST, _MOST = 10_000, 100, 1_000_000_000
_AMOUNT, _WHAT = "amount", "brought"
_OUTCOMES = {"targets": mark("Unique target calls"), "profit": mark("Gross profit")}
_SILENT = {
    planner.SHORT: mark("fewer than eight weeks of history."),
    planner.STEADY: mark("the spend was nearly the same every day: what more would bring does not show."),
    planner.RARE: mark("fewer than 30 cases: too few to tell."),
}


def draw(chosen: CallFilter) -> None:
    """The amount and what is counted, the answer in a sentence, and a row a source."""
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        amount = _amount()
    with right:
        what = _what()
    found = results.asked(ad_results.plan, chosen, what, float(amount))
    drill.heading(_("Where the next {amount} did best").format(amount=formats.money(amount)))
    if not found:
        results.nothing()
        return
    st.markdown(f":material/lightbulb: {as_markdown(said(found, what, amount))}")
    _table(found, what, amount)
    st.caption(
        _(
            "From all days up to the end of the period. Days of the same weekday are compared: how much more came when "
            "more was spent on the source. The interval (95 %) comes from drawing whole weeks 2000 times. What was "
            "true of these days need not be so again: other campaigns, seasons and prices are not taken out."
        )
    )
    if what == "profit":
        st.caption(_("Profit is counted on the day of the sale, so what sells slowly shows less here."))


def _table(found: list[Advice], what: str, amount: int) -> None:
    sum_ = formats.money(amount)
    heads = [(_("Source"), ""), (_("Spent so far"), ""), (_("On average {amount} brought").format(amount=sum_), "")]
    heads.append((_("More {amount} brought").format(amount=sum_), ""))
    opening_table.draw("results_planner", heads, [_row(one, what) for one in found], _("Budget planner"))
    for reason, words in _SILENT.items():
        if names := ", ".join(value_label("source", one.source) for one in found if one.silent == reason):
            st.caption(as_markdown(f"{names} — {_(words)}"))


def said(found: list[Advice], what: str, amount: int) -> str:
    """The answer in a sentence: what did best beyond chance, or that the data do not tell."""
    known = [(one, one.interval) for one in found if one.interval]
    if not known or not known[0][0].surely_more:
        return _("These data do not tell where more money would bring more: no source shows it beyond chance.")
    (best, interval), rest = known[0], known[1:]
    text = _("The next {amount} did best at {source}: it brought {low} to {high} ({what}).")
    ends = {"low": shown(what, interval.low), "high": shown(what, interval.high or 0)}
    answer = text.format(
        amount=formats.money(amount), source=value_label("source", best.source),
        what=_(_OUTCOMES[what]).lower(), **ends,
    )  # fmt: skip
    close = [one for one, other in rest if (other.high or 0) > interval.low]
    if close:
        names = ", ".join(value_label("source", one.source) for one in close)
        answer += " " + _("By chance alone it could as well have been: {names}.").format(names=names)
    return answer


def shown(what: str, value: float) -> str:
    """An outcome as text."""
    if what == "profit":
        return formats.money(round(value))
    return formats.number(round(value, 1))


def _row(one: Advice, what: str) -> Row:
    cells = [Cell(formats.money(one.spent)), Cell(shown(what, one.average), f"n = {formats.number(one.cases)}")]
    if one.interval is None or one.more is None:
        cells.append(Cell(formats.NOTHING, help=_(_SILENT[one.silent])))
        name = value_label("source", one.source)
        return Row(name, cells, opens=False)
    low, high = shown(what, one.interval.low), shown(what, one.interval.high or 0)
    cells.append(Cell(_("{low} to {high}").format(low=low, high=high), _("most likely {value}").format(
        value=shown(what, one.more)), "good" if one.surely_more else ""))  # fmt: skip
    return Row(value_label("source", one.source), cells, opens=False)


def _amount() -> int:
    asked = st.query_params.get(_AMOUNT, "")
    held = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 11 else _USUAL
    fields.hold("results_amount", min(max(held, _LEAST), _MOST))
    return int(
        st.number_input(
            _("Amount"), _LEAST, _MOST, step=1000, key="results_amount", on_change=_changed, args=(_AMOUNT,)
        )
    )


def _what() -> str:
    first = next(iter(_OUTCOMES))
    asked = st.query_params.get(_WHAT, first)
    fields.hold("results_brought", asked if asked in _OUTCOMES else first)
    names = {code: _(words) for code, words in _OUTCOMES.items()}
    return str(
        st.segmented_control(
            _("What it brought"), list(names), format_func=names.__getitem__, key="results_brought", required=True,
            on_change=_changed, args=(_WHAT,),
        )
    )  # fmt: skip


def _changed(name: str) -> None:
    st.query_params[name] = str(st.session_state[f"results_{name}"])
