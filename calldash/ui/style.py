"""The few rules of CSS that Streamlit's theme does not give; colours come from the one table."""

from functools import cache
from pathlib import Path

import streamlit as st

from calldash.colours import variables

_HERE = Path(__file__).parent


def apply() -> None:
    """Puts the rules on the page, in the colours of the theme in force."""
    st.html(f"<style>:root{{{variables()}}}{_rules()}</style>")


def also(name: str) -> None:
    """Puts the rules of the file `name`.css on the page, for what only some pages show."""
    st.html(_HERE / f"{name}.css")


@cache
def _rules() -> str:
    return (_HERE / "style.css").read_text(encoding="utf-8")
