"""The roles of people: what a template can be shared with. As data."""

from dataclasses import dataclass

from calldash.i18n import mark


@dataclass(frozen=True)
class Role:
    """A role: its key and its title (a msgid)."""

    key: str
    title: str


_ALL = (
    Role("admin", mark("Administrators")),
    Role("head", mark("Heads")),
    Role("lead", mark("Team leads")),
    Role("employee", mark("All employees")),
    Role("marketer", mark("Marketers")),
    Role("auditor", mark("Auditors")),
)
ROLES = {role.key: role for role in _ALL}
