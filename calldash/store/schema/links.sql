-- Links by which a recording was forwarded. Of a link only the hash is kept: who reads this table cannot use it.

CREATE SEQUENCE IF NOT EXISTS link_numbers;

CREATE TABLE IF NOT EXISTS links (
    link_no BIGINT PRIMARY KEY DEFAULT nextval('link_numbers'),
    token_sha256 VARCHAR NOT NULL,
    system VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    from_s INTEGER NOT NULL,              -- where playing begins
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP
);
