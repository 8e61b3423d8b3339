"""What the columns of spend, deals, lines and names are called for people."""

from calldash.i18n import gettext as _
from calldash.i18n import mark

SPEND = {
    "amount": mark("Amount"), "since": mark("First day"), "source": mark("Source"), "campaign": mark("Campaign"),
    "until": mark("Last day"), "medium": mark("Medium"), "currency": mark("Currency"), "vat": mark("VAT"),
    "vat_rate": mark("Rate of VAT, %"), "account": mark("Advertising account"), "keyword": mark("Keyword"),
    "ad": mark("Advertisement"), "clicks": mark("Clicks"), "impressions": mark("Impressions"),
}  # fmt: skip
DEALS = {
    "id": mark("Number of the deal"), "happened": mark("Day"), "status": mark("Deal status"),
    "phone": mark("Number of the client"), "amount": mark("Amount"), "margin": mark("Margin"),
    "currency": mark("Currency"), "title": mark("Deal"), "origin": mark("List the numbers are of"),
}  # fmt: skip
LINES = {
    "line": mark("Line"), "source": mark("Source"), "medium": mark("Medium"), "campaign": mark("Campaign"),
    "from_day": mark("First day"), "until_day": mark("Last day"),
}  # fmt: skip
NAMES = {
    "source": mark("Source as written"),
    "campaign": mark("Campaign as written"),
    "as_source": mark("Counts as source"),
    "as_campaign": mark("Counts as campaign"),
}
_ALL = NAMES | LINES | DEALS | SPEND


def title(column: str) -> str:
    """A column in the reader's language; one that has no words by its name."""
    return _(_ALL[column]) if column in _ALL else column
