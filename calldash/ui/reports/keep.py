"""Keeping a report: saving it under a name, sharing, the start page, removing, taking a file in."""

from dataclasses import replace

import streamlit as st

from calldash.filters.periods import CUSTOM, days_of, preset_of
from calldash.i18n import gettext as _
from calldash.i18n import language, say
from calldash.people import viewer
from calldash.people.roles import ROLES
from calldash.problems import Problem
from calldash.server.running import store
from calldash.templates import OWN, Shelf, Template, keeping, text_form
from calldash.templates import shelf as shelf_of
from calldash.templates.content import REPORT
from calldash.templates.places import as_text
from calldash.ui import address, asking, imports, menu
from calldash.ui.periods import preset_label
from calldash.ui.reports import state
from calldash.ui.reports.state import Opened

_NAME, _MOVING, _SHARED, _START, _TROUBLE = (
    f"report_{name}" for name in ("name", "moving", "shared", "start", "wrong")
)
_STARTED = "report_started"
_FILE_MB = 1


def shelf() -> Shelf:
    """The templates that the reader sees."""
    return shelf_of(store(), viewer.current().login)


def as_template(opened: Opened, key: str = "", title: str = "", moving: bool = True, shared_with: str = "") -> Template:
    """What is open as a template of the reader's; a `moving` period counts from the newest day, as its template's."""
    period = _preset(opened) if moving else ""
    days = (None, None) if period else (opened.chosen.since, opened.chosen.until)
    chosen = replace(opened.chosen, since=days[0], until=days[1])
    return Template(
        key, {"": title or opened.title}, opened.content, chosen, period, OWN, viewer.current().login, shared_with
    )


def _preset(opened: Opened) -> str:
    """The relative period that means the days in force, the template's own before others; "" when none does."""
    first, today = address.span()
    days = (opened.chosen.since, opened.chosen.until)
    held = state.period_of(opened.template) if opened.template else ""
    if held and days_of(held, today, first) == days:
        return held
    found = preset_of(*days, today, first)
    return "" if found == CUSTOM else found


def draw(opened: Opened) -> None:
    """The popover in which a report is kept."""
    template = opened.template
    mine = template is not None and template.origin == OWN and template.owner == viewer.current().login
    key = template.key if template else ""
    with st.popover(_("Save"), icon=":material/save:"):
        st.text_input(_("Name"), opened.title, key=f"{_NAME}_{key}", max_chars=100)
        if preset := _preset(opened):
            words = preset_label(preset, asking.is_today(address.span()[1]))
            st.toggle(_("The period moves on: {period}").format(period=words), True, key=f"{_MOVING}_{key}")
        names = {"": _("Only me")} | {role.key: _(role.title) for role in ROLES.values()}
        held = list(names).index(template.shared_with) if template else 0
        st.selectbox(_("Who sees it"), list(names), held, format_func=names.__getitem__, key=f"{_SHARED}_{key}")
        if mine:
            st.button(_("Save changes"), key="report_save", type="primary", on_click=_save, args=(opened, key))
        label = _("Save as a new report")
        st.button(
            label, key="report_save_new", on_click=_save, args=(opened, ""), type="secondary" if mine else "primary"
        )
        if template:
            _about(template, mine)
    if trouble := st.session_state.pop(_TROUBLE, None):
        st.error(trouble)


def _about(template: Template, mine: bool) -> None:
    """What can be done with a template as it was saved."""
    starts = keeping.start_page(store(), viewer.current().login) == template.key
    key = f"{_START}_{template.key}"
    label = _("calldash opens with this report")
    st.toggle(label, starts, key=key, on_change=_start_changed, args=(template.key, key))
    if mine:
        st.button(_("Delete"), key="report_delete", icon=":material/delete:", on_click=_delete, args=(template.key,))


def _save(opened: Opened, key: str) -> None:
    held = opened.template.key if opened.template else ""
    title = st.session_state[f"{_NAME}_{held}"].strip()
    moving = st.session_state.get(f"{_MOVING}_{held}", False)
    new = key or keeping.free_key(title, shelf().templates)
    template = as_template(opened, new, title, moving, st.session_state[f"{_SHARED}_{held}"])
    try:
        if not title:
            raise Problem("Give the report a name.")
        keeping.save(store(), viewer.current().login, template)
    except Problem as problem:
        st.session_state[_TROUBLE] = say(problem)
        return
    state.put(opened.content, **{REPORT: new})


def _start_changed(template: str, key: str) -> None:
    keeping.set_start_page(store(), viewer.current().login, template if st.session_state[key] else None)


def _delete(key: str) -> None:
    keeping.remove(store(), viewer.current().login, key)
    state.close()


def take_file() -> None:
    """The popover that takes a template in from a file, and opens it."""
    imports.words(_FILE_MB)
    with st.popover(_("From a file"), icon=":material/upload_file:"):
        given = st.file_uploader(_("Report as a TOML file"), type="toml", max_upload_size=_FILE_MB, key="report_file")
        if given and st.button(_("Add the report"), key="report_add", type="primary"):
            key = keeping.free_key(given.name.removesuffix(".toml"), shelf().templates)
            template = text_form.parse(as_text(given.getvalue()), key)
            keeping.save(store(), viewer.current().login, template)
            st.switch_page(menu.page("reports"), query_params=state.pairs_of(template))


def open_first(on_first_page: bool) -> None:
    """Opens the reader's start page, once, for who comes to the first page without asking for anything."""
    begun = st.session_state.get(_STARTED)
    st.session_state[_STARTED] = True
    if begun or not on_first_page or not menu.exists("reports") or set(st.query_params) - {address.LANGUAGE}:
        return
    key = keeping.start_page(store(), viewer.current().login)
    if key and key in (found := shelf().templates):
        params = state.pairs_of(found[key]) | {address.LANGUAGE: language()}
        st.switch_page(menu.page("reports"), query_params=params)
