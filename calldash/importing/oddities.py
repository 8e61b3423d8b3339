"""What an import may find odd, in words. A code may have a detail behind a space: `ignored_event OUTDIAL`."""

from calldash.i18n import gettext as _

_WORDS = {
    "repaired_lines": lambda: _("lines with bytes that are no text in the file's encoding, repaired"),
    "unfinished_last_line": lambda: _("the last line is not finished: left for the next import"),
    "rows_with_an_id_seen_before": lambda: _("rows with an id that stands again further down: the last one counts"),
    "skipped_by_rule": lambda: _("rows skipped by the provider's rule"),
    "ignored_event": lambda: _("events that are not about a call"),
    "open_calls": lambda: _("calls that have not ended yet: counted when their end arrives"),
    "starts_in_the_future": lambda: _("calls that start in the future: is the clock or the time zone right?"),
    "answered_without_talk": lambda: _("answered calls with 0 seconds of talk"),
    "talk_but_not_answered": lambda: _("calls with talk that nobody answered"),
    "longer_than_four_hours": lambda: _("calls longer than four hours"),
    "ends_before_it_starts": lambda: _("calls that end before they start: the end was left out"),
    "erased_client": lambda: _("calls of clients that were erased or whose number outlived its time: left out"),
    "unknown_finish_reason": lambda: _("a reason of the end that is not known"),
    "unknown_event": lambda: _("events of a kind that is not known"),
}


def words(code: str) -> str:
    """An oddity in the language in force; a code without words stands for itself."""
    name, _space, detail = code.partition(" ")
    name = name.removesuffix(":")
    text = _WORDS[name]() if name in _WORDS else code
    return f"{text} ({detail})" if detail and name in _WORDS else text
