"""Uncovering one client's number: who did it, and of which call, stands in the audit trail before it is shown."""

from calldash import asking, audit
from calldash.people import viewer
from calldash.problems import Problem
from calldash.store import Store


def may() -> bool:
    """Whether who is asking sees numbers masked, and may uncover one."""
    reader = viewer.current()
    return reader.may("reveal") and not reader.may("numbers")


def reveal(store: Store, call_no: int) -> str:
    """The client's number of a call. Raises Problem where it may not be uncovered, or is not known."""
    reader = viewer.current()
    if not reader.may("reveal") or not asking.sees(store, call_no):
        raise Problem("Your role does not allow this.")
    found = store.rows("SELECT system, id, client FROM calls WHERE call_no = $1 AND client IS NOT NULL", [call_no])
    if not found:
        raise Problem("The number of this client is not known.")
    system, call_id, number = found[0]
    audit.record(store, reader.login, "reveal", f"{system}/{call_id}")
    return str(number)
