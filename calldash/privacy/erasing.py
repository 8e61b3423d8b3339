"""Erasing a client: the store in one transaction, then files; with a receipt and a line in the audit trail."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from calldash import audit
from calldash.numbers import phones
from calldash.privacy import files, pseudonyms
from calldash.privacy.receipt import Receipt, keep
from calldash.problems import Problem
from calldash.store import Store, erased, erasing
from calldash.store.erased import HIDDEN
from calldash.templates import text_form

_NOBODY = "0"  # a client's id that nobody has


class _TriedError(Exception):
    """Ends the transaction of a dry run."""


def erase(store: Store, who: str, text: str, with_calls: bool = False, tried: bool = False) -> Receipt:
    """Erases the client whose number is `text` in any spelling; `tried`: tells what would be and changes nothing.

    Calls stay without the client for the figures, or are removed `with_calls`. Raises Problem when nothing is found.
    """
    pseudonyms.key(store)  # made before: what is tried is undone
    number = phones.normalise([text], store.settings.region)[text]
    if number is None or len(erasing.national(number)) < 3:
        raise Problem("This is not a client's number.")
    calls = [row[0] for row in store.rows("SELECT call_no FROM calls WHERE client = ?", [number])]
    sound = files.of_calls(store, calls) | files.of_number(store, number)
    lines, reports, told = _in_the_store(store, number, with_calls, tried)
    done = files.Done(removed=len(sound) if tried else 0)
    if not tried:
        files.remove(store, sound, done)
    files.blot_out(store.settings, number, done, tried)
    if not (lines or sound or done.changed or reports):
        raise Problem("Nothing here tells of this number.")
    receipt = Receipt(
        datetime.now(UTC).replace(tzinfo=None, microsecond=0), who, told, tried, with_calls, dict(lines), reports,
        done.removed, done.changed, _without(number, done.failed), _without(number, done.unread),
        _in_the_trail(store, number),
    )  # fmt: skip
    if not tried:
        keep(store, receipt)
        files_done = {"files_removed": done.removed, "files_changed": done.changed, "files_failed": len(done.failed)}
        audit.record(store, who, "erase", f"client {told[:16]}", calls=with_calls, lines=dict(lines), **files_done)
    return receipt


def _in_the_store(store: Store, number: str, with_calls: bool, tried: bool) -> tuple[Counter[str], int, str]:
    """Lines by table, saved reports, and the keyed hash of the number."""
    lines, reports, told = Counter[str](), 0, ""
    try:
        with store.writing() as cursor:
            ids = [str(row[0]) for row in
                   cursor.execute("SELECT client_id FROM clients WHERE client = ?", [number]).fetchall()]  # fmt: skip
            told = erased.hashed(erased.key(cursor), number)
            lines = erasing.erase(cursor, store.settings, number, with_calls)
            for key, body in cursor.execute("SELECT key, body FROM templates ORDER BY key").fetchall():
                if "client_id" in body and (clean := _without_ids(key, body, ids)) != body:
                    cursor.execute("UPDATE templates SET body = ? WHERE key = ?", [clean, key])
                    reports += 1
            if tried:
                raise _TriedError
            if lines:
                erased.remember(cursor, number)
    except _TriedError:
        pass
    else:
        erasing.settle(store)
    return lines, reports, told


def _without_ids(key: str, body: str, ids: list[str]) -> str:
    """A saved report that was about the client is about nobody, not about everybody."""
    found = text_form.parse(body, key)
    chosen = found.chosen.values("client_id")
    if not set(chosen) & set(ids):
        return body
    left = [value for value in chosen if value not in ids] or [_NOBODY]
    return text_form.write(replace(found, chosen=found.chosen.choose("client_id", left)))


def _without(number: str, names: list[str]) -> list[str]:
    return [re.sub(erasing.spelt(number), rf"\g<1>{HIDDEN}\g<3>", name) for name in names]


def _in_the_trail(store: Store, number: str) -> int:
    text = "SELECT count(*) FROM audit WHERE regexp_matches(subject, $1) OR regexp_matches(detail, $1)"
    return int(store.rows(text, [erasing.spelt(number)])[0][0])
