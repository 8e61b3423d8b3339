"""Ad spend on the page: files of it, how far each source is covered, and the lines to edit."""

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.commands import spend as words
from calldash.filters import CallFilter
from calldash.given import spend_import, titles
from calldash.i18n import gettext as _
from calldash.labels import period_label
from calldash.server.running import store
from calldash.ui import cards, drill
from calldash.ui.advertising import files, mapping, spend_table, unmatched
from calldash.ui.advertising.files import Kind
from calldash.ui.safe import as_markdown

_CARDS = ("ad_cost", "cost_per_call", "cost_per_target", "romi")
KIND = Kind("spend", spend_import.import_file, words.told, titles.SPEND, ("amount", "since"))


def draw() -> None:
    """The whole part."""
    if store().rows("SELECT 1 FROM spend LIMIT 1"):
        cards.row(_CARDS, CallFilter(), None)
    drill.heading(_("Files of ad spend"))
    st.write(_("CSV or XLSX of Yandex Direct, Google Ads or VK Ads, or a table of your own."))
    st.caption(_("Days of a campaign that are there already are replaced, not counted twice."))
    files.upload(KIND, _("Files of ad spend"), _details)
    mapping.draw(KIND)
    _coverage()
    unmatched.draw()
    spend_table.draw(KIND)


def _details() -> dict[str, str]:
    """What stands for all lines that do not say it themselves."""
    names = {
        "source": _("Source"), "medium": _("Medium"), "campaign": _("Campaign"), "currency": _("Currency"),
        "since": _("First day"), "until": _("Last day"), "vat_rate": _("Rate of VAT, %"),
    }  # fmt: skip
    found = {}
    with st.grid(4, min_column_width=170, gap="small"):
        for name, label in names.items():
            found[name] = st.text_input(label, key=f"spend_given_{name}").strip()
        vat = {"": _("not told"), "in": _("with VAT"), "out": _("without VAT")}
        found["vat"] = st.selectbox(_("Amounts"), list(vat), format_func=vat.__getitem__, key="spend_given_vat")
    given = {name: text for name, text in found.items() if text}
    st.session_state[f"given_{KIND.key}_given"] = given
    return given


def _coverage() -> None:
    """What is known of each source."""
    found = store().frame(
        "SELECT source, currency, min(since) AS since, max(until) AS until, sum(amount) AS amount, "
        "date_diff('day', min(since), max(until)) + 1 - "
        "(SELECT count(DISTINCT d.day) FROM spend_days d WHERE d.source = spend.source) AS without "
        "FROM spend GROUP BY source, currency ORDER BY amount DESC"
    )
    if found.empty:
        st.info(_("No spend was entered yet: bring a file, or add lines below."), icon=":material/payments:")
        return
    drill.heading(_("What is known"))
    amounts = [(amount, False, code) for amount, code in zip(found["amount"], found["currency"], strict=True)]
    table = pd.DataFrame(
        {
            _("Source"): [as_markdown(one) for one in found["source"]],
            _("Amount"): [formats.money(*pair) for pair in amounts],
            _("Period"): [
                period_label(first.date(), last.date())
                for first, last in zip(found["since"], found["until"], strict=True)
            ],
            _("Days without spend"): [formats.number(one) for one in found["without"]],
        }
    )
    st.table(table, border="horizontal", hide_index=True)
