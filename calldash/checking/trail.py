"""The audit trail: whether its lines follow from each other, and still hold one that was noted elsewhere."""

from collections.abc import Iterator

from calldash import audit
from calldash.checking.finding import Finding, Looked
from calldash.i18n import mark

_ADVICE = mark("Somebody changed the store by hand: keep it as it is, and compare it with a backup from before.")
_KNOWN = "SELECT 1 FROM audit WHERE chain = $1 UNION ALL SELECT 1 FROM meta WHERE name = 'audit_start' AND value = $1"


def broken(looked: Looked) -> Iterator[Finding]:
    """The first line that was changed, put in or taken out; lines taken off the end."""
    if line := audit.broken(looked.store):
        values = {"line": line[0], "day": f"{line[1]:%Y-%m-%d %H:%M}"}
        yield Finding(mark("The audit trail does not hold together from line {line} on ({day} UTC)."), _ADVICE, values)
    known = looked.known_head
    if known and not looked.rows(_KNOWN, [known]):
        yield Finding(mark("The audit trail does not hold the line that you noted."), _ADVICE)
