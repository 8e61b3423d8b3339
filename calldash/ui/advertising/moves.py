"""What of calls and spend would count as something else, as a table."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.advertising import naming
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.store.naming import Move
from calldash.ui.safe import as_markdown

_MOST = 50


def draw(found: Sequence[Move]) -> None:
    """What of calls and spend would count as something else."""
    if not found:
        st.caption(_("No call and no spend would move."))
        return
    st.caption(_("What would move"))
    shown = found[:_MOST]
    sums = [", ".join(formats.money(sum_, currency=code) for code, sum_ in sorted(one.spend.items())) for one in shown]
    table = pd.DataFrame(
        {
            _("Counts now as"): [as_markdown(naming.told(one.before)) for one in shown],
            _("Would count as"): [as_markdown(naming.told(one.after)) for one in shown],
            _("Calls"): [formats.number(one.calls) for one in shown],
            _("Spend"): [text or "—" for text in sums],
        }
    )
    st.table(table, border="horizontal", hide_index=True)
    if len(found) > _MOST:
        more = ngettext("… and {number} line more", "… and {number} lines more", len(found) - _MOST)
        st.caption(more.format(number=formats.number(len(found) - _MOST)))
