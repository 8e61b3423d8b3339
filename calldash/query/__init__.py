"""Metrics x dimensions x filter -> SQL and its parameters: the only place where questions become SQL.

Names come from the catalogue, values travel as parameters. Knows no database.
"""

from calldash.query.ad_reports import ad_buyers, ad_days
from calldash.query.conditions import conditions, visible
from calldash.query.figures import levels, questions
from calldash.query.lengths import lengths
from calldash.query.listing import count_of, listing, numbers_of
from calldash.query.rollups import ROLLUPS, filling, signature
from calldash.query.terms import Moment, Question, expand

__all__ = [
    "ROLLUPS",
    "Moment",
    "Question",
    "ad_buyers",
    "ad_days",
    "conditions",
    "count_of",
    "expand",
    "filling",
    "lengths",
    "levels",
    "listing",
    "numbers_of",
    "questions",
    "signature",
    "visible",
]
