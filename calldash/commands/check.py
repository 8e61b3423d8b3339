"""`check`: whether the store holds together."""

import json
from collections.abc import Callable
from typing import Any

from calldash import audit, checking
from calldash.checking import Finding, facts
from calldash.commands.outcome import Outcome
from calldash.i18n import gettext as _
from calldash.store import Store


def run(store: Store, arguments: dict[str, Any], progress: Callable[[float], None]) -> Outcome:
    """`format` table or json, `repair`, `audit_head`; the exit code is 1 when something is wrong."""
    if arguments.get("repair"):
        facts.repair(store)
    found = checking.run(store, progress, arguments.get("audit_head"))
    tell = _json if arguments.get("format") == "json" else _table
    return Outcome(tell(store, found), int(bool(checking.wrong(found))), asked=True)


def _table(store: Store, found: dict[str, list[Finding]]) -> str:
    width = max(map(len, found))
    lines = []
    for name, findings in found.items():
        lines += [f"{name:{width}}  {told}" for told in ([one.told() for one in findings] or [_("in order")])]
    count = _("Findings: {count}").format(count=len(checking.wrong(found)))
    head = _("The newest line of the audit trail: {head}").format(head=audit.head(store) or "—")
    return "\n".join([*lines, count, head])


def _json(store: Store, found: dict[str, list[Finding]]) -> str:
    told = {
        name: [{"text": one.text, "values": one.values, "note": one.note, "told": one.told()} for one in findings]
        for name, findings in found.items()
    }
    whole = {"ok": not checking.wrong(found), "checks": told, "audit_head": audit.head(store)}
    return json.dumps(whole, ensure_ascii=False, indent=2)
