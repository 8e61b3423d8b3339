-- Whom the store must not know any more, and what callers are told on which line.

-- Clients that were erased: a keyed hash in place of the number. Their calls up to that instant are not taken again.
CREATE TABLE IF NOT EXISTS erased_numbers (number_hmac VARCHAR NOT NULL, erased_at TIMESTAMP NOT NULL);

-- Calls that stayed for the figures, without anything that tells who the client was.
CREATE TABLE IF NOT EXISTS erased_calls (system VARCHAR NOT NULL, id VARCHAR NOT NULL, erased_at TIMESTAMP NOT NULL);

-- What callers of a line are told, and whether it is recorded. NULL: nobody has said.
CREATE TABLE IF NOT EXISTS line_notices (
    line VARCHAR PRIMARY KEY,
    announced BOOLEAN,
    words VARCHAR,
    recorded BOOLEAN,
    changed_by VARCHAR NOT NULL,
    changed_at TIMESTAMP NOT NULL
);
