"""Evidence packs: GET /evidence/<client_id>?since&until&lang, the ZIP in parts as it is made."""

from starlette.requests import Request
from starlette.responses import Response

from calldash import evidence
from calldash.commands.kpi import chosen_of
from calldash.problems import Problem
from calldash.server.attached import attached
from calldash.store import Store

_LONGEST = 9  # digits of a client's id


def send(store: Store, request: Request, who: str) -> Response:
    """The pack, with `fetch` after fetching recordings. Unlike in other addresses, nonsense is an error here."""
    asked = request.query_params
    number = request.path_params["client_id"]
    if not number.isascii() or not number.isdigit() or len(number) > _LONGEST:
        raise Problem("There is no such client.")
    period = chosen_of({"since": asked.get("since"), "until": asked.get("until")})
    question = evidence.of_client(store, int(number), period.since, period.until, "fetch" in asked)
    _pack, parts = evidence.handed(store, who, question)
    return attached(question.file_name, "application/zip", parts)
