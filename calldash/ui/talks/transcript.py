"""The transcript of a call: its lines for the player, taken as a file, brought from one."""

import streamlit as st

from calldash import audit, formats, recordings
from calldash.i18n import gettext as _
from calldash.i18n import say
from calldash.people import viewer
from calldash.problems import Problem
from calldash.server.running import store
from calldash.store import named
from calldash.transcripts import Line, importing, kept
from calldash.transcripts.reading import MOST_MB
from calldash.transcripts.writing import FORMATS, name_of
from calldash.ui import downloads, imports
from calldash.ui.safe import as_html, as_markdown

_KINDS = ["json", "vtt", "srt"]
_UPLOADS = "transcript_uploads"  # how many there were: an uploader that has done its work gives way to a new one


def lines(system: str, call_id: str) -> list[dict[str, object]]:
    """The transcript as the player takes it: start_s, end_s, who and text of each line."""
    found = kept.lines(store(), system, call_id)
    return [{"start_s": one.start_s, "end_s": one.end_s, "who": one.who, "text": one.text} for one in found]


def draw(call_no: int, system: str, call_id: str) -> None:
    """What stands under the player: the lines where there is no sound to go with them, and a button for files."""
    found = kept.origin(store(), system, call_id)
    if found and not _is_heard(call_no):
        st.html(_plain(kept.lines(store(), system, call_id)))
    attaches = viewer.current().may(importing.NEEDS)
    if not (found or attaches):
        return
    label = _("Transcript") if found else _("Add a transcript")
    with st.popover(label, icon=":material/speech_to_text:", key=f"transcript_{call_no}"):
        if found:
            st.caption(as_markdown(_("From the file {file}").format(file=found[0])))
            _downloads(call_no)
        if attaches:
            _upload(system, call_id, bool(found))


def _is_heard(call_no: int) -> bool:
    try:
        recordings.file_of(store(), call_no)
    except Problem:
        return False
    return True


def _plain(found: list[Line]) -> str:
    rows = []
    for line in found:
        name = name_of(line)
        who = f"<b>{as_html(name)}</b> " if name else ""
        rows.append(f"<li><small>{formats.duration(line.start_s)}</small> {who}{as_html(line.text)}</li>")
    return f'<ol class="cd-lines" aria-label="{as_html(_("Transcript"))}">{"".join(rows)}</ol>'


def _downloads(call_no: int) -> None:
    call = named.name(store(), call_no)
    st.html(downloads.files("transcript", [(name.upper(), {"call": call, "form": name}) for name in FORMATS]))


def _upload(system: str, call_id: str, held: bool) -> None:
    number = st.session_state.get(_UPLOADS, 0)
    label = _("Another transcript in its place: JSON, VTT or SRT") if held else _("A transcript: JSON, VTT or SRT")
    imports.words(MOST_MB)
    upload = st.file_uploader(label, type=_KINDS, max_upload_size=MOST_MB, key=f"transcript_file_{number}")
    if upload is None:
        return
    try:
        receipt = importing.import_for(store(), upload.getvalue(), upload.name, system, call_id)
    except Problem as problem:
        st.error(as_markdown(say(problem)))
        return
    audit.record(store(), viewer.current().login, "import transcript", f"{system}/{call_id}", file=upload.name)
    st.session_state[_UPLOADS] = number + 1
    st.toast(_("The transcript is attached, lines: {number}").format(number=receipt.lines))
    st.rerun(scope="fragment")
