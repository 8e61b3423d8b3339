"""Files of target and missed calls for advertising systems: how many calls go in, how many are left out and why."""

from urllib.parse import urlencode

import streamlit as st

from calldash import formats
from calldash.advertising import upload_back
from calldash.advertising.upload_back import REASONS, TARGETS, Target, Upload
from calldash.filters import CallFilter, to_pairs
from calldash.i18n import gettext as _
from calldash.i18n import language, ngettext
from calldash.people import viewer
from calldash.server.running import store
from calldash.ui import address, asking, drill
from calldash.ui.safe import as_html


def draw(chosen: CallFilter) -> None:
    """A box a system: what goes in, what is left out, the file."""
    drill.heading(_("Target and missed calls for advertising systems"), _("so that they learn which clicks ring"))
    with st.grid(3, min_column_width=260):
        for target in TARGETS.values():
            with st.container(border=True, key=f"upload-{target.key}"):
                _box(target, _counted(target.key, chosen, repr((target.key, chosen, asking.stamp()))), chosen)
    st.caption(
        _(
            "Only calls whose visitor consented go in, and only with the identifiers that the site gave; numbers of "
            "clients never do. Calls with a visitor of Metrica go into its first file, those that have only a click "
            "into the second. Google Ads needs conversions of these names: {names}."
        ).format(names=", ".join(f"`{name}`" for name in upload_back.conversions(store().settings).values()))
    )


@st.cache_data(max_entries=64, show_spinner=False)
def _counted(target: str, _chosen: CallFilter, key: str) -> Upload:  # noqa: ARG001
    return upload_back.upload(store(), TARGETS[target], _chosen)


def _box(target: Target, found: Upload, chosen: CallFilter) -> None:
    going = ngettext("{number} call goes in", "{number} calls go in", found.going)
    rows = "".join(
        f"<li>{as_html(_(words))}: {as_html(formats.number(found.left_out[reason]))}</li>"
        for reason, words in REASONS.items()
        if found.left_out.get(reason)
    )
    left = f"<p>{as_html(_('Left out:'))}</p><ul>{rows}</ul>" if rows else ""
    limit = _("Taken are calls of the last {days}.").format(days=formats.days(target.days))
    st.html(
        f'<div class="cd-upload"><h4>{as_html(_(target.title))}</h4>'
        f"<p><b>{as_html(going.format(number=formats.number(found.going)))}</b></p>{left}"
        f"<p><small>{as_html(limit)}</small></p>{_link(target, found, chosen)}</div>"
    )


def _link(target: Target, found: Upload, chosen: CallFilter) -> str:
    if not found.going or not viewer.current().may("export"):
        return ""
    query = as_html(urlencode(to_pairs(chosen) | {address.LANGUAGE: language()}))
    words = as_html(_("Download the file"))
    return f'<a class="cd-button" href="export/{target.key}?{query}" target="_self" download>{words}</a>'
