"""Behind what the calls of a list stand, in words."""

from calldash.costs.tariffs import keeping
from calldash.costs.tariffs.bill import WHYS
from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.labels import title
from calldash.marking import rules
from calldash.metrics import METRICS
from calldash.server.running import store

_WORDS = {
    "rule": mark("By the rule: {name}"),
    "charge": mark("Charged otherwise: {name}"),
    "tariff": mark("Priced by the tariff: {name}"),
    "untold": mark("Not priced by the tariff: {name}"),
}


def text(behind: str) -> str:
    """A metric, or another number, that stands behind a filter; what is no longer there by its number."""
    if behind in METRICS:
        return _("Behind: {metric}").format(metric=title(behind))
    key, _colon, word = behind.partition(":")
    return _(_WORDS[key]).format(name=_name(key, word))


def _name(key: str, word: str) -> str:
    if key == "charge":
        return _(WHYS[word]) if word in WHYS else word
    if key == "rule":
        return next((rule.name for rule in rules.rules(store()) if rule.rule_no == int(word)), word)
    return next((one.tariff for number, one in keeping.tariffs(store()) if number == int(word)), word)
