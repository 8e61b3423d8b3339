"""`transcripts`: files of transcripts to their calls, and a call's transcript as text, WebVTT or JSON."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from calldash import audit
from calldash.commands.imports import SomeFailed
from calldash.i18n import gettext as _
from calldash.i18n import ngettext, say
from calldash.problems import Problem
from calldash.store import Store
from calldash.transcripts import exporting, importing
from calldash.transcripts.importing import Receipt
from calldash.transcripts.reading import read_file
from calldash.transcripts.writing import FORMATS


def attach(store: Store, arguments: dict[str, Any], progress: Callable[[float], None]) -> str:
    """`paths`, and `system` with `id` for a certain call; gives what is printed. A file is attached whole or not."""
    files = importing.files_of([Path(path) for path in arguments["paths"]])
    system, call_id = arguments.get("system"), arguments.get("id")
    if bool(system) != bool(call_id):
        raise Problem("--system and --id name a call only together.")
    if system and call_id:
        if len(files) > 1:
            raise Problem("--system and --id name one call: give one file.")
        data = read_file(files[0])[1]
        return told(importing.import_for(store, data, files[0].name, system, call_id))
    receipts = importing.import_files(store, files, progress)
    texts = [told(receipt) for receipt in receipts]
    failed = sum(receipt.trouble is not None for receipt in receipts)
    if len(receipts) > 1:
        summary = _("Transcripts attached: {attached}, not attached: {failed}")
        texts.append(summary.format(attached=len(receipts) - failed, failed=failed))
    if failed:
        raise SomeFailed("\n".join(texts))
    return "\n".join(texts)


def told(receipt: Receipt) -> str:
    """A receipt in words."""
    if receipt.trouble:
        return f"{receipt.file}: {say(receipt.trouble)}"
    lines = ngettext("{number} line", "{number} lines", receipt.lines).format(number=receipt.lines)
    number = len(receipt.calls)
    calls = ngettext("attached to {number} call", "attached to {number} calls", number).format(number=number)
    return f"{receipt.file}: {lines}, {calls}"


def export(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """`system`, `id`, `format` and perhaps the file `to`; gives the transcript, or where it was written."""
    known = ", ".join(FORMATS)
    if arguments["format"] not in FORMATS:
        raise Problem("There is no format {key}. Known are: {known}.", key=arguments["format"], known=known)
    text = exporting.text_of(store, audit.LOCAL, arguments["system"], arguments["id"], arguments["format"])
    if not arguments.get("to"):
        return text.rstrip("\n")
    try:
        Path(arguments["to"]).write_text(text, encoding="utf-8")
    except OSError as error:
        raise Problem(
            "The file {path} cannot be written: {reason}.", path=arguments["to"], reason=str(error)
        ) from error
    return _("Written to {path}").format(path=arguments["to"])
