-- What people did about clients who wait for a callback. Each step hangs on (system, id) of the client's last missed
-- call known then and speaks of the client's missed calls up to it. Nothing changes or removes a line.

CREATE SEQUENCE IF NOT EXISTS callback_numbers;

CREATE TABLE IF NOT EXISTS callbacks (
    step_no BIGINT PRIMARY KEY DEFAULT nextval('callback_numbers'),
    system VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    what VARCHAR NOT NULL,                -- taken, released, closed, reopened
    reason VARCHAR,                       -- of a closing
    note VARCHAR,
    who VARCHAR NOT NULL,
    done_at TIMESTAMP NOT NULL
);
