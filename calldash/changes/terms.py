"""What the sentences of "What changed" mean, for the glossary: key, title, meaning (msgids)."""

from calldash.i18n import mark

TERMS = (
    (
        "change", mark("Changed"),
        mark(
            "The day up to its last full hour and the day before against the same weekday of four weeks, and seven "
            "days against the seven before; told only when it is large enough and beyond chance (below 2 % for all "
            "that was looked at together)."
        ),
    ),
    (
        "extra", mark("Extra"),
        mark(
            "What came above what the earlier share would have given: missed − inbound × earlier share. It is split "
            "over hours, queues, lines, sources and people so that the parts add up to it exactly."
        ),
    ),
    (
        "silence", mark("Silence and spikes"),
        mark(
            "A line, source or queue that rings less or more often than it usually does in these hours of the week, "
            "beyond chance (Poisson, below 1 % for all that was looked at together)."
        ),
    ),
    (
        "burst", mark("Burst"),
        mark(
            "At least ten short inbound calls within ten minutes from one number, or from numbers that are neighbours."
        ),
    ),
)  # fmt: skip
