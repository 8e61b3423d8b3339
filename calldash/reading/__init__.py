"""From a file as people keep it to text: encodings, line ends, quotes, sheets, JSON. Knows no provider."""

from calldash.reading.sample import Sample
from calldash.reading.source import Source, open_source
from calldash.reading.tables import Columns

__all__ = ["Columns", "Sample", "Source", "open_source"]
