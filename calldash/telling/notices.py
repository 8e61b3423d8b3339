"""What callers of a line are told about recording, in words."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from calldash.i18n import gettext as _


def told(call: Mapping[str, Any]) -> str:
    """A sentence or two about the line of a call, a row of report `call`; "" where nobody has said anything."""
    parts = []
    if not pd.isna(call["line_recorded"]):
        parts.append(_("This line is recorded.") if call["line_recorded"] else _("This line is not recorded."))
    if not pd.isna(call["line_announced"]):
        announced = _("Callers are told about recording."), _("Callers are not told about recording.")
        parts.append(announced[0] if call["line_announced"] else announced[1])
    if not pd.isna(call["line_words"]):
        parts.append(_("The words: “{words}”").format(words=call["line_words"]))
    return " ".join(parts)
