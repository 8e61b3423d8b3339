"""The card of a call: what it was, its recording, why it counts so, its legs, its client, and where it comes from."""

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from calldash import formats, query
from calldash.colours import colour
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import language, ngettext
from calldash.metrics import CALL_COLUMNS
from calldash.query import Moment
from calldash.server.running import store
from calldash.ui import address, asking, call_card_legs, journal_state, journal_table, player, run
from calldash.ui.call_card_reasons import reasons
from calldash.ui.journal_cells import cell, column_title, moment, records
from calldash.ui.journal_phones import place
from calldash.ui.safe import as_html, as_markdown

_WIDTH = 760
_OTHERS, _ROWS = 20, 50
# Shown always, "—" when not known, and shown only where there is something to show.
_FACTS = (
    "started_at", "ended_at", "client", "line", "direction", "status", "employee", "team", "queue", "wait_s", "talk_s",
    "cost", "source",
)  # fmt: skip
_MORE = (
    "miss_reason", "hold_s", "wrapup_s", "medium", "campaign", "sale_amount", "outcome", "tags", "kind", "destination",
    "roaming", "system", "id",
)  # fmt: skip
_OTHER_COLUMNS = ("started_at", "direction", "status", "employee", "talk_s", "recording")
_CSS = Path(__file__).with_suffix(".css")


def show(text: str) -> None:
    """Opens the card of the call whose number `text` is, as the URL has it."""
    number = journal_state.number(text)
    found = None if number is None else asking.report("call", call_no=number, zone=store().settings.zone)
    if found is None or found.empty:
        st.warning(_("There is no such call any more; it may have been imported anew."))
        return
    call = records(found)[0]
    title = _("Call of {time}").format(time=moment(call["started_local"]))
    st.dialog(as_markdown(title), width=_WIDTH, position="right", on_dismiss=_close)(_draw)(call)


def _close() -> None:
    journal_state.put_call(None)


def _draw(call: dict[str, Any]) -> None:
    run.begin()
    run.begin_with_store()
    values: dict[str, Any] = {"call_no": int(call["call_no"]), "zone": store().settings.zone}
    st.html(_CSS)
    st.html(_facts(call))
    if not pd.isna(call["recording"]):
        player.draw(int(call["call_no"]), str(call["recording"]), str(call["system"]))
    st.subheader(_("Why it counts as it does"), anchor=False)
    st.markdown("\n".join(f"- {as_markdown(one)}" for one in reasons(call, store().settings)))
    st.subheader(_("Legs"), anchor=False)
    legs = asking.report("call_legs", **values)
    if legs.empty:
        st.caption(_("The phone system tells nothing about the legs of this call."))
    else:
        st.html(call_card_legs.markup(legs))
    _client(call)
    _origin(asking.report("call_rows", most=_ROWS, **values))


def _facts(call: dict[str, Any]) -> str:
    """The call's own values as HTML."""
    call = call | {"started_at": call["started_local"], "ended_at": call["ended_local"]}
    known = [key for key in _MORE if _tells(call[key])]
    shown = "".join(_fact(column_title(key), _value(key, call)) for key in (*_FACTS, *known))
    return f"<dl class='cd-facts'>{shown}</dl>"


def _tells(value: Any) -> bool:
    """Whether a value that most calls do not have is worth a place."""
    return not pd.isna(value) and value not in ("", False, "voice")


def _fact(name: str, markup: str) -> str:
    return f"<div><dt>{as_html(name)}</dt><dd>{markup}</dd></div>"


def _value(key: str, call: dict[str, Any]) -> str:
    found = cell(key, call[key], call["currency"] or None)
    before = f"<i style='color:{colour(found.meaning)}' aria-hidden='true'>{found.mark}</i> " if found.mark else ""
    if CALL_COLUMNS[key].unit != "phone" or pd.isna(call[key]):
        return before + as_html(found.text)
    about = "".join(f"<small>{as_html(text)}</small>" for text in place(str(call[key]), language()))
    return as_html(found.text) + about


def _client(call: dict[str, Any]) -> None:
    """The client's latest other calls."""
    if pd.isna(call["client_id"]):
        return
    st.subheader(_("Other calls of the client"), anchor=False)
    since, until = asking.days() or (None, None)
    chosen = CallFilter(since, until).choose("client_id", [str(int(call["client_id"]))])
    found, every = _latest(chosen)
    others = found[found["call_no"] != call["call_no"]].head(_OTHERS)
    if others.empty:
        st.caption(_("There are no others."))
        return
    if journal_table.draw(others, _OTHER_COLUMNS, f"others_{call['call_no']}", _("Other calls of the client")):
        st.rerun()
    label = ngettext("All {number} call", "All {number} calls", every).format(number=formats.number(every))
    # A link from a page to itself leaves the address of the browser as it was; a button sets it.
    if st.button(label, icon=":material/call_log:", on_click=st.query_params.from_dict, args=(address.params(chosen),)):
        st.rerun()


def _latest(chosen: CallFilter) -> tuple[pd.DataFrame, int]:
    """The newest calls of a filter, and how many there are."""
    found = store()
    at = Moment(found.settings, found.now())
    asked = query.listing(_OTHER_COLUMNS, chosen, at, "started_at", True, _OTHERS + 1, 0)
    total = query.count_of(chosen, at)
    return found.frame(asked.sql, asked.values), int(found.rows(total.sql, total.values)[0][0])


def _origin(rows: pd.DataFrame) -> None:
    """The files and lines the call was made of, and the rows as they stood there."""
    st.subheader(_("Where it comes from"), anchor=False)
    if rows.empty:
        st.caption(_("It was made by the program itself; there is no row of a file behind it."))
        return
    for (file, imported), part in rows.groupby(["file", "imported_local"], dropna=False, sort=False):
        lines = ", ".join(formats.number(line) for line in part["line"])
        words = _("File {file}, line {lines}, imported {time}").format(
            file=file, lines=lines, time=moment(pd.Timestamp(str(imported)))
        )
        st.markdown(as_markdown(words))
    with st.expander(_("The row as it came") if len(rows) == 1 else _("The rows as they came")):
        for data in rows["data"]:
            st.code(data, language=None, wrap_lines=True)
