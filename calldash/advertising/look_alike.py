"""Names that look like others: what spend that meets no calls may mean. Proposed only; `naming` counts it so.

Names are alike that differ in case, spaces, dashes, in the alphabet they are written in, or by a slip of the pen.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from rapidfuzz import fuzz

from calldash.store import Store, naming, spend
from calldash.store.naming import Name, Pair
from calldash.store.spend import Unknown

_Counted = tuple[str, str | None, int]  # a source, a campaign, and how many calls have them

_LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
        "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
        "я": "ya",
    }
)  # fmt: skip
# Ways in which the same sound is written in Latin letters, the longer first.
_SAME = (("shch", "sch"), ("kh", "h"), ("cz", "ts"), ("ks", "x"), ("ck", "k"), ("ju", "yu"), ("iu", "yu"), ("ja", "ya"),
         ("ia", "ya"), ("j", "i"), ("w", "v"))  # fmt: skip
_WORD = re.compile(r"\d+|[^\W\d_]+")
_SHORT = 3  # letters of a word that leave no room for a slip
_ALIKE = 75  # per cent of the letters of a word


@dataclass(frozen=True)
class Proposal:
    """What is written, the name of calls that looks like it, how many calls either brings, and the spend by currency.

    Of spend the calls are those that it would meet; without spend they are those that would move.
    """

    written: Pair
    counts: Pair
    calls: int
    spend: dict[str, Decimal]


@cache
def words(name: str) -> tuple[str, ...]:
    """The words and numbers of a name in small Latin letters."""
    return tuple(_spelled(word) for word in _WORD.findall(name.casefold()))


def _spelled(word: str) -> str:
    word = word.translate(_LATIN)
    for many, one in _SAME:
        word = word.replace(many, one)
    return word


def alike(one: str, other: str) -> float:
    """How alike two names are: 100 where only their writing differs, 0 where some word of theirs is another one."""
    mine, theirs = words(one), words(other)
    if not mine or not theirs:
        return 0
    if "".join(mine) == "".join(theirs):
        return 100
    if len(mine) != len(theirs):
        return 0
    found = [_same(word, like) for word, like in zip(sorted(mine), sorted(theirs), strict=True)]
    return min(found) if min(found) >= _ALIKE else 0


def _same(word: str, like: str) -> float:
    exact = word.isdigit() or like.isdigit() or min(len(word), len(like)) <= _SHORT
    return 100.0 * (word == like) if exact else fuzz.ratio(word, like)


def proposals(store: Store) -> list[Proposal]:
    """For spend that meets no calls what it looks like among calls, the most spend first; then names of calls.

    A source as a whole comes before its campaigns.
    """
    with store.cursor() as cursor:
        names = naming.names(cursor)
        missing = [named(names, one) for one in spend.unknown(cursor) if one.amount]
    calls = store.rows("SELECT source, campaign, count(*) FROM calls WHERE source IS NOT NULL GROUP BY ALL")
    sources: Counter[str] = Counter()
    for source, _campaign, count in calls:
        sources[source] += count
    found = _of_spend(missing, calls, sources)
    ordered = sorted(found.values(), key=lambda one: (one.written[1] is not None, -max(one.spend.values())))
    return [*ordered, *(one for one in _twins(calls, sources) if one.written not in found)]


def named(names: Iterable[Name], one: Unknown) -> Unknown:
    """Spend under the source that its source counts as: of that a row on its campaign speaks."""
    return replace(one, source=naming.counts_as(names, one.source, None)[0])


def _of_spend(missing: Iterable[Unknown], calls: Sequence[_Counted], sources: Counter[str]) -> dict[Pair, Proposal]:
    found: dict[Pair, Proposal] = {}
    for one in missing:
        written: Pair = (one.source, one.campaign)
        like: Pair | None = None
        if not one.source_known and (source := _most_like(one.source, sources.items())):
            written, like = (one.source, None), (source, None)
        elif one.campaign:
            like = _campaign(one.source if one.source_known else None, one.campaign, calls)
        if like is None:
            continue
        number = sum(count for source, campaign, count in calls if like in ((source, None), (source, campaign)))
        proposal = found.setdefault(written, Proposal(written, like, number, {}))
        proposal.spend[one.currency] = proposal.spend.get(one.currency, Decimal(0)) + one.amount
    return found


def _twins(calls: Sequence[_Counted], sources: Counter[str]) -> Iterator[Proposal]:
    """Names of calls that differ in nothing but their writing: the rarer looks like the more frequent."""
    counted: list[_Counted] = [(source, None, count) for source, count in sources.items()]
    counted += [one for one in calls if one[1] is not None]
    known: dict[tuple[str | None, str], Pair] = {}
    for source, campaign, count in sorted(counted, key=lambda one: -one[2]):
        if not (spelled := "".join(words(campaign or source))):
            continue
        place = known.setdefault((source if campaign else None, spelled), (source, campaign))
        if place != (source, campaign):
            yield Proposal((source, campaign), place, count, {})


def _campaign(source: str | None, campaign: str, calls: Sequence[_Counted]) -> Pair | None:
    """The campaign of calls most like one: of the source, or where calls do not have it of the only other that has."""
    own = [(named, count) for place, named, count in calls if named and place == source]
    if source is not None:
        like = _most_like(campaign, own)
        return (source, like) if like else None
    same = [(place, named) for place, named, _count in calls if named and alike(campaign, named) == 100]
    return same[0] if len(same) == 1 else None


def _most_like(name: str, known: Iterable[tuple[str, int]]) -> str | None:
    """The name most like one, of equally like ones that of the most calls."""
    found = max(((alike(name, other), count, other) for other, count in known if other != name), default=(0, 0, ""))
    return found[2] if found[0] else None


def as_names(found: Iterable[Proposal]) -> list[Name]:
    """Proposals as rows of the table of names."""
    return [Name(*one.written, *one.counts) for one in found]
