"""What each colour means, once for charts and pages: a table for the light theme and one for the dark. Pure."""

from contextvars import ContextVar

# A meaning -> its colour on light and on dark ground; as text each has a contrast of at least 4.5 there.
TABLE = {
    "answered": ("#0072B2", "#4BA3DB"),
    "missed": ("#D55E00", "#F28A45"),
    "called_back": ("#009E73", "#3CC79C"),
    "waiting": ("#E69F00", "#F2BF4E"),
    "outbound": ("#CC79A7", "#DFA0C3"),
    "other": ("#8593A1", "#7F8D9B"),
    "text": ("#1B2733", "#E8EDF2"),
    "muted": ("#566573", "#A5B1BD"),
    "grid": ("#E3E8ED", "#2A3541"),
    "ground": ("#FFFFFF", "#10161D"),
    "card": ("#FFFFFF", "#161E27"),
    "border": ("#D5DDE5", "#33414F"),
    "good": ("#00734F", "#3CC79C"),
    "bad": ("#B34700", "#F28A45"),
}
# One hue from little to much; beside it the same for numbers of which less is better.
SEQUENCES = {
    "answered": (("#EFF5FA", "#9CC7E3", "#0072B2", "#003F63"), ("#17222D", "#1D4A6B", "#2F86BF", "#9AD1F5")),
    "missed": (("#FBF1EA", "#F4BE97", "#D55E00", "#7A3600"), ("#231B17", "#6B3717", "#C9641F", "#FFC497")),
}
# What a value of a breakdown is drawn in, by dimension and code.
MEANINGS = {
    "answered": "answered",
    "inbound": "answered",
    "got_through": "answered",
    "missed": "missed",
    "lost": "missed",
    "abandoned": "missed",
    "called_back": "called_back",
    "pending": "waiting",
    "outbound": "outbound",
    "unreached": "outbound",
}

# What a number is drawn in, by key; the rest is blue.
NUMBERS = {
    "missed_calls": "missed",
    "missed_share": "missed",
    "abandoned_share": "missed",
    "missed_clients": "missed",
    "lost_share": "missed",
    "open_missed_share": "missed",
    "off_hours_missed": "missed",
    "late_callbacks": "missed",
    "missed_rings": "missed",
    "avg_wait_s": "waiting",
    "median_wait_s": "waiting",
    "p90_wait_s": "waiting",
    "max_wait_s": "waiting",
    "avg_missed_wait_s": "waiting",
    "pending_callbacks": "waiting",
    "timely_callback_share": "called_back",
    "timely_callback_work_share": "called_back",
    "median_callback_work_delay_s": "called_back",
    "called_back_share": "called_back",
    "avg_callback_delay_s": "called_back",
    "median_callback_delay_s": "called_back",
    "outbound_calls": "outbound",
    "reach_rate": "outbound",
}

_dark: ContextVar[bool] = ContextVar("dark", default=False)


def use(dark: bool) -> None:
    """Sets the theme of this run."""
    _dark.set(dark)


def colour(meaning: str) -> str:
    """The colour of a meaning, or of a value that has one; the rest is grey."""
    return TABLE[meaning if meaning in TABLE else MEANINGS.get(meaning, "other")][_dark.get()]


def of_number(metric: str) -> str:
    """The meaning a number is drawn in, by its key."""
    return NUMBERS.get(metric, "answered")


def sequence(meaning: str) -> list[tuple[float, str]]:
    """A scale from little to much in the hue of `meaning`, as (0 to 1, colour)."""
    steps = SEQUENCES[meaning][_dark.get()]
    return [(at / (len(steps) - 1), step) for at, step in enumerate(steps)]


def variables() -> str:
    """The table as custom properties of CSS: --cd-answered and so on."""
    return "".join(f"--cd-{name}:{pair[_dark.get()]};" for name, pair in TABLE.items())
