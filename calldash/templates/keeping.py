"""Keeping templates in the store: saving, removing, and which one opens first."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime

from calldash import audit
from calldash.problems import Problem
from calldash.store import Store
from calldash.templates import text_form
from calldash.templates.template import OWN, Template

_LONGEST = 60  # letters of a key


def save(store: Store, who: str, template: Template) -> None:
    """Keeps a template as one of `who`'s, in place of the one with its key. Raises Problem for another's."""
    _own(store, who, template.key)
    text = text_form.write(replace(template, origin=OWN, owner=who))
    text_form.parse(text, template.key)
    with store.noting() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO templates (key, owner, body, changed_at) VALUES (?, ?, ?, ?)",
            [template.key, who, text, datetime.now(UTC).replace(tzinfo=None)],
        )
    audit.record(store, who, "template", template.key, shared_with=template.shared_with)


def remove(store: Store, who: str, key: str) -> None:
    """Takes a template of `who`'s away, also as a start page. Raises Problem for another's."""
    _own(store, who, key)
    with store.noting() as cursor:
        cursor.execute("DELETE FROM templates WHERE key = ?", [key])
        cursor.execute("DELETE FROM start_pages WHERE template = ?", [key])
    audit.record(store, who, "template removed", key)


def _own(store: Store, who: str, key: str) -> None:
    owners = store.rows("SELECT owner FROM templates WHERE key = ?", [key])
    if owners and owners[0][0] != who:
        raise Problem("The report {key} is another person's.", key=key)


def free_key(title: str, taken: Collection[str]) -> str:
    """A key made of a title, such as no template has: letters, digits and underscores."""
    stem = re.sub(r"\W+", "_", title.strip().lower()).strip("_")[:_LONGEST] or "report"
    found, number = stem, 1
    while found in taken:
        number += 1
        found = f"{stem}_{number}"
    return found


def start_page(store: Store, who: str) -> str | None:
    """The key of the template that opens first for `who`."""
    found = store.rows("SELECT template FROM start_pages WHERE who = ?", [who])
    return str(found[0][0]) if found else None


def set_start_page(store: Store, who: str, key: str | None) -> None:
    """Makes a template the one that opens first for `who`; None: the usual first page."""
    with store.noting() as cursor:
        cursor.execute("DELETE FROM start_pages WHERE who = ?", [who])
        if key:
            cursor.execute("INSERT INTO start_pages (who, template) VALUES (?, ?)", [who, key])
    audit.record(store, who, "start page", key or "")
