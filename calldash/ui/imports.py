"""Uploading files, and watching imports that run on whether anybody watches or not."""

from typing import Any

import streamlit as st

from calldash.commands.imports import told
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.importing import providers
from calldash.server import jobs
from calldash.server.running import store
from calldash.ui import run
from calldash.ui.safe import as_markdown

_ROUND = "imports_round"  # a new uploader after each import, so that no file is sent twice
_WATCHED = "imports_watched"


# Streamlit's own words in an uploader are English only: others stand in for them.
_WORDS = """<style>
[data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"] p,
[data-testid="stFileUploaderDropzoneInstructions"] span {{font-size: 0}}
[data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"] p::after
{{font-size: .875rem; content: "{choose}"}}
[data-testid="stFileUploaderDropzoneInstructions"] span::after {{font-size: .875rem; content: "{limit}"}}
</style>"""


def words(most_mb: int | None = None) -> None:
    """Makes the uploaders of the page speak the reader's language; `most_mb` is what a file may have."""
    limit = _("up to {size} MB").format(size=most_mb or store().settings.max_file_mb)
    st.html(_WORDS.format(choose=_("Choose a file"), limit=limit))


def upload() -> None:
    """The place for files, what may be said about them, and the button that begins."""
    st.write(_("CSV or XLSX, Asterisk and FreePBX logs, saved answers of Novofon, UIS, CoMagic and CallGear."))
    number = st.session_state.setdefault(_ROUND, 0)
    files = st.file_uploader(_("Files of call records"), accept_multiple_files=True, key=f"imports_files_{number}")
    with st.expander(_("More about the files, where needed")):
        given = _details()
    if st.button(_("Import"), type="primary", disabled=not files, key="imports_go", icon=":material/upload_file:"):
        for file in files or []:
            jobs.start(store(), file, file.name, **given)
        st.session_state[_ROUND] = number + 1
        st.rerun()


def _details() -> dict[str, str | None]:
    names = {provider.key: provider.name for provider in providers(store().settings.data / "providers")}
    left, middle, right = st.columns(3)
    provider = left.selectbox(
        _("Kind of the file"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=_("recognised by content"),
        key="imports_provider",
    )
    system = middle.text_input(
        _("Installation"), key="imports_system", help=_("Two phone systems of one kind need two names.")
    )
    zone = right.text_input(
        _("Time zone of the file"), key="imports_zone", placeholder=store().settings.zone, help=_("As Europe/Moscow.")
    )
    return {"provider": provider, "system": system.strip() or None, "zone": zone.strip() or None}


def progress() -> None:
    """The imports of this process: running ones with a bar, finished ones with their result."""
    if not jobs.jobs():
        return
    running = any(job.running for job in jobs.jobs())
    watched = run.fragment(_jobs, every=1.0 if running else None)
    watched()


def _jobs() -> None:
    running = sum(job.running for job in jobs.jobs())
    if st.session_state.get(_WATCHED, 0) > running:
        # The page's other parts show the store as it was before: draw them anew.
        st.session_state[_WATCHED] = running
        st.rerun()
    st.session_state[_WATCHED] = running
    if running:
        text = ngettext(
            "{number} import is running; you may leave this page.",
            "{number} imports are running; you may leave this page.",
            running,
        )
        st.caption(text.format(number=running))
    for job in jobs.jobs():
        _job(job)


def _job(job: jobs.Job) -> None:
    if job.trouble is not None:
        st.error(f"{as_markdown(job.file)}: {as_markdown(job.trouble)}", icon=":material/error:")
    elif job.receipt is not None:
        _done(job.receipt)
    else:
        st.progress(job.share, text=as_markdown(job.file))


def _done(receipt: Any) -> None:
    lines = [as_markdown(line.strip()) for line in told(receipt).split("\n")]
    show = st.warning if receipt.rows_rejected else st.success
    show("  \n".join(lines), icon=":material/rule:" if receipt.rows_rejected else ":material/check:")
