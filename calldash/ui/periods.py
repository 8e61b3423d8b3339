"""What the usual periods are called; which days they mean stands in `calldash.filters.periods`. Pure."""

from calldash.filters.periods import CUSTOM, PRESETS, days_of, preset_of
from calldash.i18n import gettext as _

__all__ = ["CUSTOM", "DEFAULT", "PRESETS", "days_of", "preset_label", "preset_of"]

DEFAULT = "30d"


def preset_label(preset: str, is_today: bool) -> str:
    """What a preset is called; days that are not today's have other names."""
    if preset == "today":
        return _("Today") if is_today else _("Last day in the data")
    if preset == "yesterday":
        return _("Yesterday") if is_today else _("The day before the last")
    return {
        "7d": _("7 days"),
        "30d": _("30 days"),
        "90d": _("90 days"),
        "week": _("This week") if is_today else _("Last week in the data"),
        "last_week": _("Last week") if is_today else _("The week before"),
        "month": _("This month") if is_today else _("Last month in the data"),
        "last_month": _("Last month") if is_today else _("The month before"),
        "all": _("All time"),
        "custom": _("Choose days…"),
    }[preset]
