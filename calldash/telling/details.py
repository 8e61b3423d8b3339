"""What the audit trail keeps of an action, in words: the names and codes of its details, and the values as they are."""

from collections.abc import Mapping
from typing import Any

from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.people.roles import ROLES

NAMES = {
    "account": mark("Ad account"),
    "added": mark("Added"),
    "address": mark("Address"),
    "amount": mark("Amount"),
    "announced": mark("Callers are told"),
    "asked": mark("What was asked for"),
    "before": mark("Before"),
    "budgets": mark("Budgets"),
    "bytes": mark("Bytes"),
    "calls": mark("Calls"),
    "campaign": mark("Campaign"),
    "changed": mark("Changed"),
    "client_id": mark("Client"),
    "currency": mark("Currency"),
    "days": mark("Days"),
    "employee": mark("Employee"),
    "failed": mark("Failed"),
    "file": mark("File"),
    "files": mark("Files"),
    "files_changed": mark("Files changed"),
    "files_failed": mark("Files that could not be changed"),
    "files_removed": mark("Files removed"),
    "format": mark("Format"),
    "from_s": mark("From second"),
    "how": mark("Signed in by"),
    "ids": mark("Deals"),
    "import": mark("Number of the import"),
    "language": mark("Language"),
    "lines": mark("Lines"),
    "link": mark("Link"),
    "made_at": mark("Made"),
    "missing": mark("Missing"),
    "new": mark("New"),
    "numbers": mark("Numbers of clients"),
    "off": mark("Switched off"),
    "offered": mark("Offered"),
    "on": mark("Switched on"),
    "order": mark("Order"),
    "reason": mark("Reason"),
    "recorded": mark("Recorded"),
    "removed": mark("Removed"),
    "replaced": mark("Replaced"),
    "role": mark("Role"),
    "rows": mark("Rows"),
    "same": mark("The same"),
    "sha256": "SHA-256",
    "shared_with": mark("Shared with"),
    "since": mark("Since"),
    "since_s": mark("From second"),
    "source": mark("Source"),
    "spend": mark("Lines of spend"),
    "teams": mark("Teams"),
    "until": mark("Until"),
    "until_s": mark("To second"),
    "value": mark("Value"),
    "versions": mark("Versions"),
    "what": mark("What"),
    "wrong": mark("Wrong"),
}
# What no call, account or file is done to.
SUBJECTS = {
    "calls": mark("Calls"),
    "naming": mark("Campaign names"),
    "rules": mark("Rules"),
    "tracking": mark("Tracking numbers"),
    "upload-back": mark("Upload back"),
}
_WAYS = {
    "password": mark("password"),
    "code": mark("one-time code"),
    "openid": mark("sign-in service"),
}
_CODES: Mapping[str, Mapping[str, str]] = {
    "how": _WAYS,
    "wrong": _WAYS,
    "role": {role.key: role.title for role in ROLES.values()},
    "before": {role.key: role.title for role in ROLES.values()},
}


def told_subject(subject: str) -> str:
    """What an action was done to: its name, or words where it is not one thing."""
    return _(SUBJECTS[subject]) if subject in SUBJECTS else subject


def told_details(detail: Mapping[str, Any]) -> str:
    """The details in one line; what is empty is left out."""
    return "; ".join(f"{_name(key)}: {_value(key, one)}" for key, one in detail.items() if one not in (None, [], {}))


def _name(key: str) -> str:
    return _(NAMES[key]) if key in NAMES else key


def _value(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return ", ".join(f"{_name(name)} {_inner(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(_value(key, one) for one in value)
    text = "—" if value is None else str(value)
    return _(_CODES[key][text]) if text in _CODES.get(key, {}) else text


def _inner(value: Any) -> str:
    """Of a change, what was before and what is now."""
    if isinstance(value, list) and len(value) == 2:
        return " → ".join(_value("", one) for one in value)
    return _value("", value)
