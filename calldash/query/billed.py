"""What a provider charged beside what its tariff says: calls that differ and why, sums, another tariff in its place."""

from calldash.filters import CallFilter
from calldash.people import masking
from calldash.query.rated import rated
from calldash.query.terms import Moment, Question

# Why a call is charged otherwise than its tariff says. The first that fits; `right` is no difference.
WHYS = (
    "no_tariff", "not_in_tariff", "talk_unknown", "cost_unknown", "currency", "unanswered", "twice", "rounding",
    "package", "connection", "free", "duration", "longer", "step", "prefix",
    "other",
)  # fmt: skip
# Steps in which others charge.
_STEPS = ((1, 1), (60, 60), (60, 1), (30, 6), (6, 6), (10, 10))
_CENT = 10_000

# What needs no second look; amounts of calls that no tariff tells are not compared.
_AT_ONCE = """CASE
    WHEN due_u IS NULL AND coalesce(charged_u, 0) = 0 THEN 'right'
    WHEN tariff_no IS NULL THEN 'no_tariff'
    WHEN line_no IS NULL THEN 'not_in_tariff'
    WHEN charged_u <> 0 AND coalesce(nullif(currency, ''), {currency}) <> charged_in THEN 'currency'
    WHEN due_u IS NULL THEN 'talk_unknown'
    WHEN charged_u IS NULL AND due_u = 0 OR charged_u = due_u THEN 'right'
    WHEN charged_u IS NULL THEN 'cost_unknown'
END"""


def _price(secs: str = "secs - covered_s", connection: str = "connection", price: str = "price") -> str:
    return f"charged_amount({connection}, {price}, {secs}, grain)"


def _charged(told: str, first: str = "first_s", step: str = "step_s") -> str:
    return f"charged_seconds({told}, {first}, {step})"


def _why() -> str:
    """Each reason as what would have been charged by that mistake."""
    usual = "told_s - free_s"
    steps = " OR ".join(f"charged_u = {_price(_charged(usual, *map(str, step)))}" for step in _STEPS)
    others = f"list_transform(prices, lambda one: {_price('secs - covered_s', 'one.connection', 'one.price')})"
    duration = "if(billed = 'call', talk_s, whole_s) - free_s"
    mistakes = {
        "unanswered": "kind = 'voice' AND NOT answered",
        "twice": "charged_u = 2 * due_u",
        "rounding": f"abs(charged_u - due_u) <= {_CENT}",
        "package": f"package IS NOT NULL AND charged_u = {_price('secs')}",
        "connection": f"connection > 0 AND charged_u = {_price(connection='0')}",
        "free": f"(free_s > 0 OR threshold_s > 0) AND charged_u = {_price(_charged('told_s'))}",
        "duration": f"kind = 'voice' AND charged_u = {_price(_charged(duration))}",
        "longer": f"kind = 'voice' AND charged_u = {_price('secs - covered_s + step_s')}",
        "step": f"kind = 'voice' AND ({steps})",
        "prefix": f"coalesce(list_contains({others}, charged_u), FALSE)",
    }
    return " ".join(f"WHEN {holds} THEN '{why}'" for why, holds in mistakes.items())


_PRICES = """
prices AS (
    SELECT tariff_no, kind, direction, roaming, list(DISTINCT {'connection': connection, 'price': price}) AS prices
    FROM lines GROUP BY ALL
),
judged AS (
    SELECT f.*, p.prices FROM looked f
    LEFT JOIN prices p ON f.at_once IS NULL AND p.tariff_no = f.tariff_no AND p.kind = f.kind
        AND p.direction = f.direction AND p.roaming = f.roams
)"""


def _compared(chosen: CallFilter, moment: Moment, asked: Question, packages: bool) -> str:
    """The CTEs up to `compared`: all calls with `why` they are charged otherwise, or `right`."""
    at_once = _AT_ONCE.format(currency=asked.value(moment.settings.currency))
    return (
        f"{rated(chosen, moment, asked, packages)}, looked AS (SELECT *, {at_once} AS at_once FROM rated),{_PRICES}, "
        "compared AS (SELECT * EXCLUDE (prices), "
        f"CASE WHEN at_once IS NOT NULL THEN at_once {_why()} ELSE 'other' END AS why FROM judged)"
    )


def differences(
    chosen: CallFilter, moment: Moment, packages: bool, why: str | None = None, most: int | None = None
) -> Question:
    """The calls charged otherwise than the tariffs in force say, the largest difference first; instants are local."""
    asked = Question()
    ctes = _compared(chosen, moment, asked, packages)
    limit = f"why = {asked.value(why)}" if why else "why <> 'right'"
    first = f" LIMIT {asked.value(most)}" if most else ""
    order = "ORDER BY abs(coalesce(charged_u, 0) - coalesce(due_u, 0)) DESC, started_at, call_no"
    local = f"timezone({asked.value(moment.settings.zone)}, timezone('UTC', d.started_at))"
    asked.sql = (
        f"{ctes} SELECT d.call_no, {local} AS started_at, {_client(moment)} AS client, c.line, c.employee, c.team, "
        "d.direction, d.kind, d.talk_s, as_amount(d.charged_u) AS charged, as_amount(d.due_u) AS due, "
        "as_amount(if(d.why = 'currency', NULL, d.charged_u - d.due_u)) AS difference, d.why, d.tariff, "
        "d.prefix, d.secs, coalesce(nullif(d.currency, ''), d.charged_in) AS currency, d.id "
        f"FROM (SELECT * FROM compared WHERE {limit} {order}{first}) d JOIN calls c USING (call_no) "
        f"{order.replace('started_at, call_no', 'd.started_at, d.call_no')}"
    )
    return asked


def charged_so(why: str, chosen: CallFilter, moment: Moment, asked: Question) -> str:
    """The SELECT of the calls that are charged otherwise for the reason `why`, by call_no."""
    ctes = _compared(chosen, moment, asked, packages=True)
    return f"{ctes} SELECT call_no FROM compared WHERE why = {asked.value(why)}"


def told_by(
    tariff_no: str, chosen: CallFilter, moment: Moment, asked: Question, which: str = "due_u IS NOT NULL"
) -> str:
    """The SELECT of the calls that a tariff prices, or of `which`, by call_no."""
    ctes = rated(chosen, moment, asked, packages=True, tariff_no=int(tariff_no))
    return f"{ctes} SELECT call_no FROM rated WHERE {which}"


def _client(moment: Moment) -> str:
    return masking.in_sql("c.client", moment.key) if moment.masked else "c.client"


def sums(chosen: CallFilter, moment: Moment, packages: bool) -> Question:
    """By currency and reason (`right` too): calls, what they were charged, what was due, by how much they differ."""
    asked = Question()
    ctes = _compared(chosen, moment, asked, packages)
    usual = asked.value(moment.settings.currency)
    asked.sql = (
        f"{ctes}, every AS (SELECT coalesce(nullif(currency, ''), {usual}) AS currency, why, charged_u, due_u "
        "FROM compared) "
        "SELECT currency, why, count(*) AS calls, as_amount(sum(charged_u)) AS charged, as_amount(sum(due_u)) AS due, "
        "as_amount(if(why = 'currency', NULL, sum(charged_u - due_u))) AS difference "
        "FROM every GROUP BY currency, why ORDER BY currency, why"
    )
    return asked


def as_if(chosen: CallFilter, moment: Moment, packages: bool, tariff_no: int) -> Question:
    """One row: the filter's calls by a tariff, whatever its period; what it does not tell stays as it was charged."""
    asked = Question()
    ctes = rated(chosen, moment, asked, packages, tariff_no)
    usual = asked.value(moment.settings.currency)
    other = f"cost IS NOT NULL AND coalesce(nullif(currency, ''), {usual}) <> coalesce(charged_in, home)"
    asked.sql = (
        f"{ctes} SELECT count(due_u) AS priced, as_amount(coalesce(sum(due_u), 0)) AS due, "
        "count(*) FILTER (due_u IS NULL AND charged_u <> 0) AS kept, "
        "as_amount(coalesce(sum(charged_u) FILTER (due_u IS NULL), 0)) AS kept_cost, "
        "as_amount(sum(charged_u)) AS charged, "
        "count(*) FILTER (due_u IS NOT NULL AND charged_u IS NULL AND due_u > 0) AS unknown, "
        f"count(*) FILTER ({other}) AS foreign, min(day) AS since, max(day) AS until "
        f"FROM rated, (SELECT currency AS home FROM tariffs WHERE tariff_no = {asked.value(tariff_no)})"
    )
    return asked
