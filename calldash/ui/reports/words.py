"""What a report shows, in a line: its breakdowns, its numbers, its period. Pure."""

from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.labels import dimension_title, period_label, title
from calldash.templates import BUILT_IN, FILE, Template
from calldash.templates.content import Content
from calldash.ui.periods import preset_label

_NAMED = 3  # numbers named in a line


def shows(content: Content) -> str:
    """What stands where: Hour × Weekday: missed calls."""
    if not content.is_figures:
        return _("Calls one by one")
    by = " × ".join(" / ".join(dimension_title(key) for key in keys) for keys in (content.rows, content.across) if keys)
    numbers = ", ".join(title(key) for key in content.metrics[:_NAMED])
    rest = len(content.metrics) - _NAMED
    more = f" +{rest}" if rest > 0 else ""
    return f"{by}: {numbers}{more}" if by else f"{numbers}{more}"


def period(template: Template, is_today: bool) -> str:
    """The period of a template in words."""
    if template.period:
        return preset_label(template.period, is_today)
    return period_label(template.chosen.since, template.chosen.until)


def origin(template: Template) -> str:
    """Where a template comes from."""
    return {BUILT_IN: _("Ready-made"), FILE: _("From files")}.get(template.origin) or _("Own")


def left_out(lines: int, columns: int, most: int) -> list[str]:
    """What a table does not show of its rows and columns."""
    said = []
    if lines > most:
        text = ngettext("The first {most} of {number} row", "The first {most} of {number} rows", lines)
        said.append(text.format(most=most, number=lines))
    if columns:
        text = ngettext("{number} column more than fits", "{number} columns more than fit", columns)
        said.append(text.format(number=columns))
    return said
