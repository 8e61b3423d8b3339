"""The roles of people and what each may do, as data. What is not named here is allowed to nobody."""

from dataclasses import dataclass

from calldash.i18n import mark


@dataclass(frozen=True)
class Permission:
    """Something that may be allowed: its key and what it lets people do (a msgid)."""

    key: str
    words: str


_PERMISSIONS = (
    Permission("figures", mark("see figures and charts")),
    Permission("calls", mark("see the list of calls")),
    Permission("numbers", mark("see whole numbers of clients")),
    Permission("reveal", mark("uncover one number at a time")),
    Permission("recordings", mark("listen to recordings")),
    Permission("transcripts", mark("read and search what was said")),
    Permission("attach", mark("attach transcripts to calls")),
    Permission("forward", mark("forward recordings by a link")),
    Permission("marks", mark("mark calls and close missed clients")),
    Permission("export", mark("take tables away as files")),
    Permission("evidence", mark("make evidence packs")),
    Permission("advertising", mark("change sources, rules, spend and deals")),
    Permission("tariffs", mark("change tariffs and budgets")),
    Permission("imports", mark("import calls")),
    Permission("people", mark("change accounts")),
    Permission("privacy", mark("erase clients, see how long data is kept")),
    Permission("trail", mark("read the audit trail")),
)
PERMISSIONS = {permission.key: permission for permission in _PERMISSIONS}


@dataclass(frozen=True)
class Role:
    """A role: its key, its title (a msgid), what it may do, and whose calls it sees: all, teams, own or nothing."""

    key: str
    title: str
    may: frozenset[str]
    sees: str = "all"


_WORK = frozenset({"figures", "calls", "numbers", "recordings", "transcripts", "marks"})
_LEADING = _WORK | {"attach", "forward", "export", "evidence"}

_ALL = (
    Role("admin", mark("Administrators"), frozenset(PERMISSIONS)),
    Role("head", mark("Heads"), _LEADING | {"advertising", "tariffs"}),
    Role("lead", mark("Team leads"), _LEADING, "teams"),
    Role("employee", mark("All employees"), _WORK, "own"),
    Role("marketer", mark("Marketers"), frozenset({"figures", "calls", "reveal", "export", "advertising"})),
    Role("auditor", mark("Auditors"), frozenset({"trail"}), "nothing"),
)
ROLES = {role.key: role for role in _ALL}
