"""Downloads: GET /export/<format>, with the calls of a filter or a report in the query, as the pages have them.

A format is one of `calldash.export`, or an advertising system that target and missed calls are uploaded to.

Rows go out as they are read; nothing of the size of the answer is held.
"""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from calldash import audit
from calldash.advertising import upload_back
from calldash.costs.tariffs import bill_table
from calldash.export import FORMATS, Table, separated
from calldash.filters import CallFilter, from_pairs, to_pairs
from calldash.people import masking
from calldash.privacy import pseudonyms
from calldash.problems import Problem
from calldash.server.attached import attached
from calldash.store import Store
from calldash.templates import answers, content

# Tables of a filter that are neither figures nor lists of calls.
_OTHERS: dict[str, Callable[[Store, CallFilter], Table]] = {"bill": bill_table.table}


def send(store: Store, request: Request, who: str) -> Response:
    """The file, with `numbers=pseudonyms` these in the place of clients' numbers. Raises Problem for what is not known.

    The trail knows of it before the first part leaves.
    """
    if request.query_params.get("numbers") != pseudonyms.ASKED:
        return _send(store, request, who)
    with pseudonyms.shown(store):
        return _send(store, request, who)


def _send(store: Store, request: Request, who: str) -> Response:
    if request.path_params["format"] in upload_back.TARGETS:
        return _send_back(store, request, who)
    form, pairs = FORMATS.get(request.path_params["format"]), dict(request.query_params)
    if form is None:
        known = ", ".join(FORMATS)
        raise Problem("There is no format {key}. Known are: {known}.", key=request.path_params["format"], known=known)
    asked, chosen = content.from_pairs(pairs), from_pairs(pairs)
    what = pairs.get("what", "")
    if what in _OTHERS:
        table, rows, details = _OTHERS[what](store, chosen), None, {"what": what}
    else:
        table, rows = answers.answer(store, asked, chosen)
        what, details = asked.what, content.to_pairs(asked)
    name = answers.file_name(pairs.get(content.REPORT) or what, chosen, form.ending)
    details |= {"numbers": pseudonyms.ASKED} if masking.key() else {}
    audit.record(store, who, "export", what, format=form.key, file=name, rows=rows, asked=to_pairs(chosen) | details)
    return attached(name, form.content_type, form.write(table))


def _send_back(store: Store, request: Request, who: str) -> Response:
    """The file of calls that an advertising system takes."""
    target, chosen = upload_back.TARGETS[request.path_params["format"]], from_pairs(dict(request.query_params))
    found = upload_back.upload(store, target, chosen, listed=True)
    name = answers.file_name(target.key, chosen, "csv")
    details = {"format": target.key, "file": name, "rows": found.going, "asked": to_pairs(chosen)}
    audit.record(store, who, "export", "upload-back", **details)
    parts = separated.write(upload_back.table(store, target, found))
    return attached(name, FORMATS["csv"].content_type, parts)
