-- What providers charge by, and what they might be asked to. A version of a tariff is in force on local days, both ends
-- within; its lines are prices by prefix, of which the longest counts.

CREATE SEQUENCE IF NOT EXISTS tariff_numbers;

CREATE TABLE IF NOT EXISTS tariffs (
    tariff_no BIGINT PRIMARY KEY DEFAULT nextval('tariff_numbers'),
    tariff VARCHAR NOT NULL,
    own BOOLEAN NOT NULL,                 -- bills are checked by it, where FALSE it is an offer
    since DATE NOT NULL,
    until DATE,                           -- NULL: until further notice
    currency VARCHAR NOT NULL,
    monthly DECIMAL(18, 6) NOT NULL,
    system VARCHAR,                       -- NULL: of every installation
    line VARCHAR,                         -- NULL: of every line
    decimals TINYINT NOT NULL             -- to which each charge is rounded, half up
);

CREATE TABLE IF NOT EXISTS tariff_lines (
    tariff_no BIGINT NOT NULL,
    line_no BIGINT NOT NULL,              -- from 1 on in each version
    kind VARCHAR NOT NULL,
    direction VARCHAR NOT NULL,
    roaming BOOLEAN NOT NULL,
    prefix VARCHAR NOT NULL,              -- digits with the country's code, empty: every number
    price DECIMAL(18, 6) NOT NULL,        -- a minute of talk, or a message
    first_s INTEGER NOT NULL,             -- the least that is charged, and the steps from there on
    step_s INTEGER NOT NULL,
    connection DECIMAL(18, 6) NOT NULL,
    free_s INTEGER NOT NULL,              -- taken off each talk
    threshold_s INTEGER NOT NULL,         -- talks no longer cost nothing at all
    billed VARCHAR NOT NULL,              -- talk: from the answer on, call: from the beginning
    package VARCHAR
);

-- Minutes (or messages) of a month that are paid for with the monthly fee.
CREATE TABLE IF NOT EXISTS tariff_packages (
    tariff_no BIGINT NOT NULL,
    package VARCHAR NOT NULL,
    size BIGINT NOT NULL
);

-- The seconds charged of seconds talked.
CREATE OR REPLACE MACRO charged_seconds(secs, first_s, step_s) AS
    CASE WHEN secs <= 0 THEN 0 WHEN secs <= first_s THEN first_s
    ELSE first_s + (secs - first_s + step_s - 1) // step_s * step_s END;

-- The price of so many seconds, in millionths as all its amounts: `grain` millionths are the least that is charged.
CREATE OR REPLACE MACRO charged_amount(connection, price, secs, grain) AS
    (60 * connection + price * secs + 30 * grain) // (60 * grain) * grain;

-- Millionths as an amount.
CREATE OR REPLACE MACRO as_amount(millionths) AS
    CAST(CAST(millionths AS DECIMAL(18, 0)) * CAST(0.000001 AS DECIMAL(6, 6)) AS DECIMAL(18, 6));
