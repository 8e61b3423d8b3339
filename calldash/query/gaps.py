"""The time between the talks of an employee: from the end of all earlier ones of a local day to the next beginning."""


def gaps(group: str = "") -> str:
    """The SELECT of each talk of `picked` with `gap_s`, the seconds before it; NULL for the first of the day.

    Talks of different `group`s (columns in SQL) are apart. Less than 0: the talk began during an earlier one.
    """
    parts = ", ".join(part for part in (group, "employee", "day") if part)
    earlier = f"PARTITION BY {parts} ORDER BY leg_answered_at, call_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
    ended = "max(coalesce(leg_ended_at, leg_answered_at + to_seconds(coalesce(leg_talk_s, 0))))"
    return (
        f"SELECT *, CAST(epoch(leg_answered_at - {ended} OVER ({earlier})) AS INTEGER) AS gap_s "
        "FROM picked WHERE f_took AND leg_answered_at IS NOT NULL"
    )
