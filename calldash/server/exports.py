"""Downloads: GET /export/<format>, with the calls of a filter or a report in the query, as the pages have them.

Rows go out as they are read; nothing of the size of the answer is held.
"""

from collections.abc import Iterator
from contextvars import Context, copy_context
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from calldash import audit
from calldash.export import FORMATS
from calldash.filters import from_pairs, to_pairs
from calldash.problems import Problem
from calldash.store import Store
from calldash.templates import answers, content


def send(store: Store, request: Request, who: str) -> Response:
    """The file in parts; the trail knows of it before the first leaves. Raises Problem for what is not known."""
    form, pairs = FORMATS.get(request.path_params["format"]), dict(request.query_params)
    if form is None:
        known = ", ".join(FORMATS)
        raise Problem("There is no format {key}. Known are: {known}.", key=request.path_params["format"], known=known)
    asked, chosen = content.from_pairs(pairs), from_pairs(pairs)
    table, rows = answers.answer(store, asked, chosen)
    name = answers.file_name(pairs.get(content.REPORT) or asked.what, chosen, form.ending)
    details = to_pairs(chosen) | content.to_pairs(asked)
    audit.record(store, who, "export", asked.what, format=form.key, file=name, rows=rows, asked=details)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    parts = _spoken(form.write(table), copy_context())
    return StreamingResponse(parts, media_type=form.content_type, headers=headers)


def _spoken(parts: Iterator[bytes], here: Context) -> Iterator[bytes]:
    """The same parts, each made in the context `here`: the threads that ask for them know nobody's language."""
    while part := here.run(next, parts, b""):
        yield part
