"""Each source whose spend is known, within a group: what it cost, whom it brought, whom the company lost."""

from calldash.query.picking import with_flags

FLAGS_NEEDED = "{spent} {inbound} {lost} {paid}"


def by_source(group: str = "") -> str:
    """The SELECT of `cost`, its currencies `low` and `high`, `lost` episodes and `clients` of each source of `picked`.

    Groups (columns in SQL) are apart.
    """
    apart = ", ".join(part for part in (group, "source") if part)
    return with_flags(
        f"SELECT {apart}, sum({{spent}}) AS cost, count(*) FILTER ({{lost}}) AS lost, "
        "min(currency) FILTER ({spent} IS NOT NULL) AS low, max(currency) FILTER ({spent} IS NOT NULL) AS high, "
        "count(DISTINCT CASE WHEN {inbound} THEN client_id END) AS clients "
        f"FROM picked WHERE {{paid}} GROUP BY {apart}"
    )
