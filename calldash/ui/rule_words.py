"""Rules in words: what a call must be like, and what it is then."""

from calldash import formats
from calldash.i18n import gettext as _
from calldash.i18n import mark, ngettext, pgettext
from calldash.labels import VALUES, value_label
from calldash.metrics import CALL_COLUMNS
from calldash.metrics.rule_columns import RULE_COLUMNS
from calldash.people import masking
from calldash.query import probing
from calldash.store.rule_conditions import Condition, Rule

EFFECTS = {
    "spam": mark("is spam"),
    "not_spam": mark("is no spam"),
    "target": mark("is a target call"),
    "not_target": mark("is not a target call"),
    "tag": mark("gets a tag"),
}
COMPARISONS = {
    "is": mark("is"),
    "is_not": mark("is not"),
    "contains": mark("contains"),
    "begins": mark("begins with"),
    "at_least": mark("at least"),
    "at_most": mark("at most"),
    "empty": mark("is not known"),
    "filled": mark("is known"),
}


def column(key: str) -> str:
    """A column's title."""
    if key == "answered":
        return _("Answered by a person")
    return pgettext("call", CALL_COLUMNS[key].title) if key in CALL_COLUMNS else _(RULE_COLUMNS[key].title)


def value(key: str, code: str) -> str:
    """A value of a column that has few."""
    if key in VALUES or key == "weekday":
        return value_label(key, code)
    return {"yes": _("Yes"), "no": _("No")}.get(code, code)


def condition(one: Condition) -> str:
    """A condition in words."""
    told = [value(one.column, each) if RULE_COLUMNS[one.column].values else each for each in one.values]
    if one.column.endswith("_s"):
        told = [formats.duration(float(each)) if each.replace(".", "", 1).isdigit() else each for each in told]
    if probing.hidden([one.column]):
        told = [masking.masked(each) for each in told]
    return " ".join([column(one.column), _(COMPARISONS[one.comparison]), " / ".join(told)]).strip()


def sentence(rule: Rule) -> str:
    """The whole rule in words."""
    parts = [condition(one) for one in rule.conditions]
    if rule.burst_calls and rule.burst_minutes:
        minutes = ngettext("within {number} minute", "within {number} minutes", rule.burst_minutes)
        calls = ngettext(
            "at least {number} such call of one client to one line",
            "at least {number} such calls of one client to one line",
            rule.burst_calls,
        )
        counts = (calls.format(number=formats.number(rule.burst_calls)), minutes.format(number=rule.burst_minutes))
        parts.append(" ".join(counts))
    effect = _(EFFECTS[rule.does])
    said = f"{effect}: {rule.tag}" if rule.tag else effect
    return f"{_(' and ').join(parts)} → {said}"
