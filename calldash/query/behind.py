"""The calls behind a number that no metric tells: what a rule says something of, what a bill charges otherwise."""

from collections.abc import Callable

from calldash.filters import CallFilter
from calldash.query.billed import charged_so, told_by
from calldash.query.terms import Moment, Question

# Of a filter's calls, those behind the word: the SQL of a SELECT of their call_no.
Behind = Callable[[str, CallFilter, Moment, Question], str]

_OF_RULE = (
    "SELECT c.call_no FROM calls c JOIN marked m ON m.system = c.system AND m.id = c.id "
    "WHERE m.spam_rule = {rule} OR m.target_rule = {rule} "
    "OR list_contains(m.ruled_tags, (SELECT tag FROM rules WHERE rule_no = {rule} AND active))"
)


def _by_rule(word: str, _chosen: CallFilter, _moment: Moment, asked: Question) -> str:
    return _OF_RULE.format(rule=asked.value(int(word)))


def _untold(word: str, chosen: CallFilter, moment: Moment, asked: Question) -> str:
    return told_by(word, chosen, moment, asked, "due_u IS NULL AND charged_u <> 0")


BEHIND: dict[str, Behind] = {"rule": _by_rule, "charge": charged_so, "tariff": told_by, "untold": _untold}


def calls_behind(text: str, chosen: CallFilter, moment: Moment, asked: Question) -> str:
    """The SQL condition of the calls of `chosen` that stand behind `text`, which is a key of BEHIND with its word."""
    key, _colon, word = text.partition(":")
    return f"call_no IN ({BEHIND[key](word, chosen, moment, asked)})"
