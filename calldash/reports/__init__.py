"""Questions that are not one aggregate over calls: an SQL file each, beside this module.

A file has {where} for the conditions of the filter over calls ({where_legs}: over legs), {visible} for those of calls
opened one by one, {names} as the catalogue's definitions have them, and $names for values of its own.
"""

from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from calldash.filters import CallFilter
from calldash.people import masking
from calldash.query import Moment, Question, conditions, expand, visible
from calldash.store import Store

_HERE = Path(__file__).parent
_VISIBLE = "{visible}"
_PLACES = {"{where}": "calls", "{where_legs}": "leg_rows"}


def run(store: Store, name: str, chosen: CallFilter, moment: Moment, **values: Any) -> pd.DataFrame:
    """The answer of the report `name` over the filter's calls, as a frame; `values` are those its file names."""
    asked = Question(values=dict(values))
    text = _text(name)
    for place, source in _PLACES.items():
        if place in text:
            found = " AND ".join(f"({one})" for one in conditions(chosen, moment, asked, source))
            text = text.replace(place, found or "TRUE")
    if _VISIBLE in text:
        text = text.replace(_VISIBLE, f"({visible(moment, asked)})")
    told = store.frame(expand(text, moment, asked), asked.values)
    return _masked(told) if moment.masked and "client" in told else told


def _masked(found: pd.DataFrame) -> pd.DataFrame:
    """No whole number of a client, nor in what its calls are called."""
    for name in {"id", "tags", "note", "recording"} & set(found.columns):
        pairs = zip(found[name], found["client"], strict=True)
        found[name] = [text if pd.isna(text) or pd.isna(of) else masking.beside(text, of) for text, of in pairs]
    found["client"] = found["client"].map(masking.masked, na_action="ignore")
    if "beginning" in found:  # of several numbers
        found["beginning"] = found["beginning"].str[: masking.SHOWN]
    return found


@cache
def _text(name: str) -> str:
    return (_HERE / f"{name}.sql").read_text(encoding="utf-8")
