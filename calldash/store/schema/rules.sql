-- Rules by which calls are classed, in the order of `place`; what they say of a call stands in `marked`.

CREATE SEQUENCE IF NOT EXISTS rule_numbers;

CREATE TABLE IF NOT EXISTS rules (
    rule_no BIGINT PRIMARY KEY DEFAULT nextval('rule_numbers'),
    place BIGINT NOT NULL,
    name VARCHAR NOT NULL,
    does VARCHAR NOT NULL,                -- spam, not_spam, target, not_target, tag
    tag VARCHAR,
    conditions VARCHAR NOT NULL,          -- JSON list of [column, comparison, value], all of which must hold
    burst_calls INTEGER,                  -- only where one client makes so many such calls to one line …
    burst_minutes INTEGER,                -- … within so many minutes
    active BOOLEAN NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL
);

-- A burst: so many calls of one kind within so many minutes. Of the last of them the instant at which it began; NULL of
-- calls that end none. `tie` puts calls of one instant in an order, `of_whom` says whose calls make a burst together.
CREATE OR REPLACE MACRO burst_begins(happened, tie, many, minutes, of_whom) AS
    CASE WHEN happened - lag(happened, many - 1) OVER (PARTITION BY of_whom ORDER BY happened, tie)
            <= to_minutes(minutes)
        THEN lag(happened, many - 1) OVER (PARTITION BY of_whom ORDER BY happened, tie) END;
