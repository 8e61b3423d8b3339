"""Every way to break a number down, or to choose calls by value."""

from dataclasses import dataclass

from calldash.metrics.flags import MISS_CAUSES, MISS_REASONS


@dataclass(frozen=True)
class Dimension:
    """A breakdown: its SQL over the columns of a call, and the type of its values.

    `values` lists the possible ones where they are few and known; such values are shown translated. Where a call may
    have several, `many` is the SQL of their list, and `sql` makes a row of each.
    """

    key: str
    title: str
    sql: str
    type: str = "text"  # text, date, number
    values: tuple[str, ...] = ()
    many: str = ""


def _of_number(column: str) -> str:
    """SQL of what is told of a call's number; see store/schema/numbers.sql."""
    return f"(SELECT places.{column} FROM number_places places WHERE places.of_client = client_id)"


NUMBER_KINDS = ("mobile", "landline", "either", "toll_free", "premium", "shared_cost", "voip", "other")
STATUSES = ("answered", "missed", "unreached", "unanswered", "message", "spam")
_HOURS = tuple(str(hour) for hour in range(24))
_TAGS = r"list_distinct(regexp_split_to_array(nullif(trim(tags, ' ;'), ''), '[\s;]*;[\s;]*'))"

_ALL = (
    Dimension("day", "Day", "day", "date"),
    Dimension("week", "Week", "CAST(date_trunc('week', day) AS DATE)", "date"),
    Dimension("month", "Month", "CAST(date_trunc('month', day) AS DATE)", "date"),
    Dimension("hour", "Hour", "hour", "number", _HOURS),
    Dimension("weekday", "Weekday", "weekday", "number", tuple("1234567")),
    Dimension("working", "Working hours", "if({working}, 'yes', 'no')", values=("yes", "no")),
    Dimension("direction", "Direction", "direction", values=("inbound", "outbound", "internal")),
    Dimension("kind", "Kind", "kind", values=("voice", "sms", "mms", "data")),
    Dimension("status", "Status", "{status}", values=STATUSES),
    Dimension("team", "Team", "team"),
    Dimension("employee", "Employee", "employee"),
    Dimension("queue", "Queue", "queue"),
    Dimension("line", "Line", "line"),
    Dimension("line_group", "Line group", "{line_group}"),
    Dimension("source", "Source", "source"),
    Dimension("medium", "Medium", "medium"),
    Dimension("campaign", "Campaign", "campaign"),
    Dimension("keyword", "Keyword", "keyword"),
    Dimension("ad", "Advertisement", "ad"),
    Dimension("source_by", "Who names the source", "source_by", values=("provider", "tracking")),
    Dimension("nature", "Class of the call", "{nature}", values=("spam", "unique", "target", "repeat", "other")),
    Dimension("ruled", "Classed by rules", "ruled", values=("spam", "not_spam", "target", "not_target", "tag")),
    Dimension("miss_reason", "Reason of the miss", "miss_reason", values=MISS_REASONS),
    Dimension("miss_cause", "Cause of the miss", "{miss_cause}", values=MISS_CAUSES),
    Dimension("callback", "Callback", "{state}", values=("called_back", "got_through", "tried", "lost", "pending")),
    Dimension(
        "promptness",
        "Promptness of callback",
        "CASE WHEN {timely} THEN 'timely' WHEN {attempted} THEN 'late' END",
        values=("timely", "late"),
    ),
    Dimension("recorded", "Recording", "if(recording IS NULL, 'no', 'yes')", values=("yes", "no")),
    Dimension(
        "transcribed",
        "Transcript",
        "if((system, id) IN (SELECT (t.system, t.id) FROM transcripts t), 'yes', 'no')",
        values=("yes", "no"),
    ),
    Dimension("outcome", "Outcome", "outcome", values=("success", "failure")),
    Dimension("tag", "Tag", f"unnest(coalesce({_TAGS}, [NULL]))", many=_TAGS),
    Dimension("destination", "Destination", "destination"),
    Dimension("country", "Country of the number", _of_number("country")),
    Dimension("region", "Region of the number", _of_number("region")),
    Dimension("number_kind", "Kind of number", _of_number("number_kind"), values=NUMBER_KINDS),
    Dimension("carrier", "Carrier of the number", _of_number("carrier")),
    Dimension("roaming", "Roaming", "if(roaming, 'yes', if(NOT roaming, 'no', NULL))", values=("yes", "no")),
    Dimension("currency", "Currency", "currency"),
    Dimension("provider", "Phone system", "provider"),
    Dimension("system", "Installation", "system"),
    Dimension("client_id", "Client", "client_id", "number"),
)
DIMENSIONS = {dimension.key: dimension for dimension in _ALL}
