"""Text from the data where markup is read: names of people and sources must show as they are written."""

import html
import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&])")


def as_html(text: str) -> str:
    """`text` for HTML, attributes too."""
    return html.escape(text, quote=True)


def as_markdown(text: str) -> str:
    """`text` for labels and messages of Streamlit, which read Markdown."""
    return _MARKDOWN.sub(r"\\\1", text)


def shorten(text: str, limit: int = 40) -> str:
    """At most `limit` letters; what is cut off is marked."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
