"""Each source whose spend is known, within a group: what it cost, whom it brought, whom the company lost."""

from calldash.query.picking import with_flags

# What is told of a source: its cost and the currencies of it, lost episodes, and clients.
OF_SOURCE = {
    "cost": "sum({spent})",
    "low": "min(currency) FILTER ({spent} IS NOT NULL)",
    "high": "max(currency) FILTER ({spent} IS NOT NULL)",
    "lost": "count(*) FILTER ({lost} AND {paid})",
    "clients": "count(DISTINCT CASE WHEN {inbound} AND {paid} THEN client_id END)",
}
FLAGS_NEEDED = " ".join(OF_SOURCE.values())


def by_source(group: str = "") -> str:
    """The SELECT of what `OF_SOURCE` names, of each source of `picked`. Groups (columns in SQL) are apart."""
    apart = ", ".join(part for part in (group, "source") if part)
    told = ", ".join(f"{with_flags(sql)} AS {name}" for name, sql in OF_SOURCE.items())
    return f"SELECT {apart}, {told} FROM picked WHERE f_paid GROUP BY {apart}"
