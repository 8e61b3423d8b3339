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
