"""The orders in which Asterisk writes the columns of a CDR, and how to tell from a row's content which one it is."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from calldash.providers.asterisk.times import STAMP

# The words of `disposition` in any case and spelling, and what they say.
DISPOSITIONS: Mapping[str, str] = {
    "answered": "answered",
    "answer": "answered",
    "no answer": "no_answer",
    "noanswer": "no_answer",
    "cancel": "no_answer",
    "busy": "busy",
    "failed": "failed",
    "chanunavail": "failed",
    "unknown": "failed",
    "congestion": "congestion",
}
_CSV = (
    "accountcode src dst dcontext clid channel dstchannel lastapp lastdata start answer end duration billsec "
    "disposition amaflags"
)
_CUSTOM = (
    "clid src dst dcontext channel dstchannel lastapp lastdata start answer end duration billsec disposition amaflags "
    "accountcode"
)
_TABLE = (
    "start clid src dst dcontext channel dstchannel lastapp lastdata duration billsec disposition amaflags accountcode "
    "uniqueid userfield"
)
_NEW = "peeraccount linkedid sequence"
# What may follow `userfield` where an administrator chose the columns.
_CHOSEN = (
    "sequence",
    "linkedid",
    "linkedid sequence",
    "sequence linkedid",
    _NEW,
    "sequence peeraccount linkedid",
    "sequence linkedid peeraccount",
    "linkedid sequence recordingfile",
    "sequence linkedid recordingfile",
)
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    _CSV: tuple(f"{ids} {new}" for new in ("", _NEW) for ids in ("", "uniqueid", "userfield", "uniqueid userfield")),
    _CUSTOM: ("", "uniqueid", *(f"uniqueid userfield {rest}" for rest in ("", *_CHOSEN))),
    _TABLE: ("", *_CHOSEN),
}
LAYOUTS = tuple(tuple(f"{start} {rest}".split()) for start, endings in _ENDINGS.items() for rest in endings)
WIDTHS = frozenset(map(len, LAYOUTS))

_NUMBER = re.compile(r"(-?\d+(\.\d+)?)?")
_SIGNS: Mapping[str, Callable[[str], object]] = {
    "start": STAMP.fullmatch,
    "disposition": lambda text: text.lower() in DISPOSITIONS,
    "duration": _NUMBER.fullmatch,
    "billsec": _NUMBER.fullmatch,
    "uniqueid": re.compile(r"(.*\D)?\d+\.\d+").fullmatch,
    "linkedid": re.compile(r"(.*\D)?\d+\.\d+").fullmatch,
    "sequence": re.compile(r"\d+").fullmatch,
}

_NAMES: Mapping[str, str] = {
    "calldate": "start",
    "start_time": "start",
    "starttime": "start",
    "startdate": "start",
    "answer_time": "answer",
    "answerdate": "answer",
    "end_time": "end",
    "enddate": "end",
    "context": "dcontext",
    "unique_id": "uniqueid",
    "linked_id": "linkedid",
}
_NEEDED = frozenset({"start", "src", "dst", "channel", "disposition"})


@dataclass
class Layouts:
    """The layouts a row may have; the one that fitted last is tried first."""

    known: tuple[tuple[str, ...], ...] = LAYOUTS
    last: tuple[str, ...] = ()

    def fit(self, fields: list[str]) -> tuple[str, ...] | None:
        """The layout of a row, if its content fits one."""
        for layout in (self.last, *self.known):
            if len(layout) == len(fields) and not faults(layout, fields):
                self.last = layout
                return layout
        return None

    def nearest(self, fields: list[str]) -> tuple[str, ...] | None:
        """The layout of this width that a row fits best, to name the column that is wrong."""
        same = [layout for layout in (self.last, *self.known) if len(layout) == len(fields)]
        return min(same, key=lambda layout: len(faults(layout, fields)), default=None)


def faults(layout: Iterable[str], fields: list[str]) -> list[str]:
    """The columns whose content cannot be theirs."""
    return [name for name, text in zip(layout, fields, strict=True) if name in _SIGNS and not _SIGNS[name](text)]


def layout_of_header(header: Iterable[str]) -> tuple[str, ...] | None:
    """A CDR's header as column names in our words, in any order, with others among them; None when it is no CDR's."""
    names = tuple(name.strip().strip('"').lower() for name in header)
    names = tuple(_NAMES.get(name, name) for name in names)
    enough = set(names) >= _NEEDED and {"uniqueid", "linkedid"} & set(names) and {"duration", "billsec"} & set(names)
    return names if enough else None
