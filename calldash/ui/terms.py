"""Words of the glossary that are no figures: a table of them below a heading."""

from collections.abc import Iterable

import streamlit as st

from calldash.ui import drill
from calldash.ui.safe import as_html


def draw(heading: str, words: Iterable[tuple[str, str, str]], asked: str) -> None:
    """The words (title, key, meaning) in whose title, key or meaning `asked` occurs; nothing where it does in none."""
    listed = "".join(
        f"<tr><td><strong>{as_html(title)}</strong><br><code>{as_html(key)}</code></td><td>{as_html(meaning)}</td></tr>"
        for title, key, meaning in words
        if any(asked.casefold() in word.casefold() for word in (title, key, meaning))
    )
    if listed:
        drill.heading(heading)
        st.html(f'<table class="cd-breakdowns">{listed}</table>')
