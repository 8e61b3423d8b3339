"""The few rules of CSS that Streamlit's theme does not give; colours come from the one table."""

from functools import cache
from pathlib import Path

import streamlit as st

from calldash.colours import variables


def apply() -> None:
    """Puts the rules on the page, in the colours of the theme in force."""
    st.html(f"<style>:root{{{variables()}}}{_rules()}</style>")


@cache
def _rules() -> str:
    return Path(__file__).with_name("style.css").read_text(encoding="utf-8")
