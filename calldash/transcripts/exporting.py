"""The one way by which transcripts leave the store; that they do is noted in the audit trail."""

from calldash import audit
from calldash.problems import Problem
from calldash.store import Store
from calldash.transcripts import kept
from calldash.transcripts.writing import FORMATS


def text_of(store: Store, who: str, system: str, call_id: str, name: str) -> str:
    """A call's transcript in the format `name` for `who`. Raises Problem when the call has none."""
    text, lines = written(store, system, call_id, name)
    audit.record(store, who, "export transcript", f"{system}/{call_id}", format=name, rows=lines)
    return text


def written(store: Store, system: str, call_id: str, name: str) -> tuple[str, int]:
    """The same for who puts it into the trail, and how many lines it has."""
    found = kept.lines(store, system, call_id)
    if not found:
        raise Problem("The call {id} of {system} has no transcript.", id=call_id, system=system)
    origin = kept.origin(store, system, call_id)
    return FORMATS[name].write(found, origin[2] if origin else None), len(found)
