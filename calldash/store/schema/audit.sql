-- Who did what, in the order in which it happened. Nothing changes or removes a line.

CREATE SEQUENCE IF NOT EXISTS audit_numbers;

CREATE TABLE IF NOT EXISTS audit (
    audit_id BIGINT PRIMARY KEY DEFAULT nextval('audit_numbers'),
    done_at TIMESTAMP NOT NULL,
    who VARCHAR NOT NULL,
    action VARCHAR NOT NULL,              -- listen, download, export, link, mark, template …
    subject VARCHAR NOT NULL,             -- what it was done to: a call as system and id, a template's name …
    detail VARCHAR NOT NULL               -- JSON object
);
-- A hash over the line and the one before it.
ALTER TABLE audit ADD COLUMN IF NOT EXISTS chain VARCHAR;
