-- Which advertisement shows which line of ours in which local days, both inclusive; NULL: open. Of one line no two
-- periods overlap.

CREATE TABLE IF NOT EXISTS tracking (
    line VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    medium VARCHAR,
    campaign VARCHAR,
    from_day DATE,
    until_day DATE,
    made_by VARCHAR NOT NULL
);
