"""The columns of a call that lists show, in their usual order."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CallColumn:
    """A column of the journal: its SQL over a call, and its unit: text, instant, seconds, money, flag, or choice.

    A `choice` has the values of the dimension of the same key. `usual` ones are shown unless others are chosen.
    """

    key: str
    title: str
    unit: str
    sql: str = ""
    usual: bool = False

    @property
    def expression(self) -> str:
        return self.sql or self.key


_ALL = (
    CallColumn("started_at", "Start", "instant", usual=True),
    CallColumn("direction", "Direction", "choice", usual=True),
    CallColumn("status", "Status", "choice", "{status}", usual=True),
    CallColumn("client", "Client", "phone", usual=True),
    CallColumn("line", "Line", "phone", usual=True),
    CallColumn("employee", "Employee", "text", usual=True),
    CallColumn("team", "Team", "text"),
    CallColumn("queue", "Queue", "text", usual=True),
    CallColumn("wait_s", "Wait", "seconds", usual=True),
    CallColumn("talk_s", "Talk", "seconds", usual=True),
    CallColumn("recording", "Recording", "recording", usual=True),
    CallColumn("miss_reason", "Reason of the miss", "choice", usual=True),
    CallColumn("callback", "Callback", "choice", "{state}", usual=True),
    CallColumn("source", "Source", "text", usual=True),
    CallColumn("medium", "Medium", "text"),
    CallColumn("campaign", "Campaign", "text"),
    CallColumn("keyword", "Keyword", "text"),
    CallColumn("ad", "Advertisement", "text"),
    CallColumn("source_by", "Who names the source", "choice"),
    CallColumn("written_source", "Source as written", "text"),
    CallColumn("written_campaign", "Campaign as written", "text"),
    CallColumn("cost", "Cost", "money", usual=True),
    CallColumn("ended_at", "End", "instant"),
    CallColumn("kind", "Kind", "choice"),
    CallColumn("hold_s", "Hold", "seconds"),
    CallColumn("wrapup_s", "After-call work", "seconds"),
    CallColumn("callback_delay_s", "Delay of callback", "seconds", "{callback_delay_s}"),
    CallColumn("unique", "Unique", "flag", "{unique}"),
    CallColumn("repeat", "Repeat", "flag", "{repeated}"),
    CallColumn("target", "Target", "flag", "{target}"),
    CallColumn("nature", "Class of the call", "choice", "{nature}"),
    CallColumn("ruled", "Classed by rules", "choice"),
    CallColumn("destination", "Destination", "text"),
    CallColumn("roaming", "Roaming", "flag"),
    CallColumn("outcome", "Outcome", "choice"),
    CallColumn("sale_amount", "Sale", "money"),
    CallColumn("currency", "Currency", "text"),
    CallColumn("tags", "Tags", "text"),
    CallColumn("note", "Note", "text"),
    CallColumn("spam", "Spam", "flag"),
    CallColumn("gclid", "Click in Google Ads", "text"),
    CallColumn("yclid", "Click in Yandex Direct", "text"),
    CallColumn("ym_client_id", "Visitor in Yandex Metrica", "text"),
    CallColumn("consent", "Consent to upload", "flag"),
    CallColumn("provider", "Phone system", "text"),
    CallColumn("system", "Installation", "text"),
    CallColumn("id", "Number in the phone system", "text"),
)
CALL_COLUMNS = {column.key: column for column in _ALL}
# Columns that tell who somebody is.
PERSONAL = ("client", "id", "tags", "note", "recording")
