"""Evidence packs: all that is known of one client's calls in a period as one ZIP; made twice, the same bytes."""

from calldash.evidence.handing import handed
from calldash.evidence.pack import Pack
from calldash.evidence.question import Question, of_client, of_number
from calldash.evidence.recordings import Counts, counts

__all__ = ["Counts", "Pack", "Question", "counts", "handed", "of_client", "of_number"]
