"""Asterisk and FreePBX: the CDR in its layouts and the queue_log, which meet in one call whichever comes first."""

from collections.abc import Callable, Iterator

from calldash.problems import Problem, Reject
from calldash.providers import Context, Provider, Row
from calldash.providers.asterisk import cdr, queue_log
from calldash.providers.asterisk.calls import build
from calldash.providers.asterisk.layouts import layout_of_header
from calldash.providers.asterisk.presence import presences
from calldash.reading import Sample, Source

_Rows = Callable[[Source, Context], Iterator[Row | Reject | str]]


def _reader(sample: Sample) -> _Rows | None:
    """What reads such a file, or None when it is not Asterisk's."""
    if sample.sheet or sample.is_json:
        return None
    if queue_log.is_native(sample) or queue_log.columns_of(sample.header):
        return queue_log.rows
    if layout_of_header(sample.header) or cdr.delimiter_of(sample):
        return cdr.rows
    return None


def recognise(sample: Sample) -> bool:
    """A CDR or a queue_log, by what its header or most of its first lines hold."""
    return _reader(sample) is not None


def rows(source: Source, context: Context) -> Iterator[Row | Reject | str]:
    """The rows of either. Raises Problem for a file that is neither."""
    reader = _reader(source.sample)
    if reader is None:
        raise Problem("This is neither a CDR nor a queue_log of Asterisk.")
    yield from reader(source, context)


PROVIDER = Provider("asterisk", "Asterisk / FreePBX", recognise, rows=rows, build=build, presences=presences)
