"""The money that made the phone ring for nothing, by campaign and hour."""

import streamlit as st

from calldash import charts, formats
from calldash.advertising import ad_results
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.ui import drill
from calldash.ui.results import page as results
from calldash.ui.safe import as_markdown

_METRIC = "missed_ad_cost"


def draw(chosen: CallFilter) -> None:
    """The grid of campaigns and hours, what it comes to, and when most is lost."""
    found = results.asked(ad_results.lost_money, chosen)
    drill.heading(_("Money burned by missed calls: campaign by hour"), _("point at an hour for its numbers"))
    if found.empty:
        st.info(_("No client of paid advertising was lost in these days."), icon=":material/check_circle:")
        return
    hours = {int(row["hour"]): 0.0 for row in found.to_dict("records")}
    for row in found.to_dict("records"):
        hours[int(row["hour"])] += float(row[_METRIC])
    worst = max(hours, key=lambda hour: hours[hour])
    text = _("{sum} were spent on clients who called, were missed and were lost; most of it at {hour}:00: {most}.")
    said = text.format(sum=formats.money(sum(hours.values())), hour=worst, most=formats.money(hours[worst]))
    st.markdown(f":material/local_fire_department: {as_markdown(said)}")
    by = ["source", "campaign", "hour"]
    drill.chart(charts.losses(found, _METRIC), "losses", chosen, by, _METRIC)
    st.caption(
        _(
            "A client of a campaign cost its spend / its different callers. Each lost client (nobody called back, the "
            "client did not get through) stands at the hour of the missed call with that price, so the hours add up to "
            "the campaign's figure, which stands below its name. Over all campaigns of a source the sum may differ "
            "from the source's own figure, for campaigns cost differently."
        )
    )
