"""Lines of transcripts that have given words, in the calls of a filter."""

from collections.abc import Sequence

from calldash.filters import CallFilter
from calldash.query.conditions import conditions, where
from calldash.query.terms import Moment, Question


def spoken(
    words: Sequence[Sequence[str]], who: str, in_call: bool, chosen: CallFilter, moment: Moment, limit: int, offset: int
) -> Question:
    """A page of lines, calls newest first: call_no, started_at (local), employee, client, start_s, who, speaker, text.

    `words` are the forms of each word: a line must have one of each, or with `in_call` the call's lines together.
    `who` limits whose lines count ("": anybody's). Each row ends with the numbers of lines and of calls in all; where
    the page has none, one row has these alone.
    """
    asked = Question()
    calls = f"SELECT * FROM calls{where(conditions(chosen, moment, asked))}"
    found = _lines(words, who, in_call, asked)
    zone = asked.value(moment.settings.zone)
    order = "ORDER BY started_at DESC, call_no DESC, line_no"
    asked.sql = (
        f"WITH found AS MATERIALIZED ({found}), hits AS MATERIALIZED ("
        "SELECT c.call_no, c.started_at, c.employee, c.client, l.start_s, l.who, l.speaker, l.text, l.line_no "
        f"FROM found l JOIN ({calls}) c ON c.system = l.system AND c.id = l.id), "
        f"page AS (SELECT * FROM hits {order} LIMIT {asked.value(limit)} OFFSET {asked.value(offset)}), "
        "total AS (SELECT count(*) AS lines, count(DISTINCT call_no) AS calls FROM hits) "
        f"SELECT call_no, timezone({zone}, timezone('UTC', started_at)), employee, client, start_s, who, speaker, "
        f"text, total.lines, total.calls FROM total LEFT JOIN page ON TRUE {order}"
    )
    return asked


def _lines(words: Sequence[Sequence[str]], who: str, in_call: bool, asked: Question) -> str:
    """The lines with the words, whosever call they are of."""
    has = [" OR ".join(f"contains(lemmas, {asked.value(f' {form} ')})" for form in word) for word in words]
    side = f"who = {asked.value(who)}" if who else "TRUE"
    if not in_call:
        return f"SELECT * FROM transcript_lines{where([*has, side])}"
    together = " AND ".join(f"bool_or({one})" for one in has)
    calls = f"SELECT (system, id) FROM transcript_lines WHERE {side} GROUP BY system, id HAVING {together}"
    return f"SELECT * FROM transcript_lines{where([' OR '.join(has), side, f'(system, id) IN ({calls})'])}"
