"""What was said in calls: transcripts read from files, attached to calls, searched by words, written out again.

Transcripts are brought, not made: JSON, WebVTT and SubRip as recognisers write them.
"""

from calldash.transcripts.kept import lines
from calldash.transcripts.lines import Line, Spoken, Transcript

__all__ = ["Line", "Spoken", "Transcript", "lines"]
