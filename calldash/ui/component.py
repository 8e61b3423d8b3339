"""Components of our own: their element, rules and script, read as text from files here and sent with the page."""

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

_HERE = Path(__file__).parent


def made(name: str, html: str, css: str, js: str) -> ComponentRenderer:
    """The component `name`: `css` and `js` name files without their endings, apart by spaces, those shared first.

    The scripts are one text: functions of a file are known to those after it, the last has what Streamlit calls.
    """
    return st.components.v2.component(name, html=f"{html}\n", css=_text(css, "css"), js=_text(js, "js"))


def table(name: str, own: str) -> ComponentRenderer:
    """A component that fills the element `.frame` with a table; `own` names its rules and its script."""
    return made(name, '<div class="frame"></div>', f"table {own}", f"element table {own}")


def listing(name: str, own: str, css_class: str) -> ComponentRenderer:
    """A component that fills an ordered list of a class; `own` names its rules and its script."""
    return made(name, f'<ol class="{css_class}"></ol>', own, f"element {own}")


def _text(names: str, ending: str) -> str:
    return "\n".join((_HERE / f"{name}.{ending}").read_text(encoding="utf-8") for name in names.split())
