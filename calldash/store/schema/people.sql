-- Who may sign in, what they are, and where they are signed in. Of tokens and codes only the hash is kept.

CREATE TABLE IF NOT EXISTS accounts (
    login VARCHAR NOT NULL,               -- small letters
    name VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    teams VARCHAR[] NOT NULL,             -- whose calls a lead sees
    employee VARCHAR,                     -- whose calls an employee sees: as the phone system names them
    password VARCHAR,                     -- argon2id; NULL: none was chosen yet, or they sign in elsewhere
    totp VARCHAR,                         -- secret of the second factor; NULL: none
    totp_step BIGINT,                     -- the last code that was used: none is good twice
    outside VARCHAR,                      -- who they are at the OpenID provider: issuer and subject
    made_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP
);

-- Whether the role is what the OpenID provider claims: then it ends when the provider claims none.
ALTER TABLE accounts ADD COLUMN IF NOT EXISTS claimed BOOLEAN DEFAULT FALSE;

CREATE TABLE IF NOT EXISTS sessions (
    token_sha256 VARCHAR NOT NULL,
    login VARCHAR NOT NULL,
    begun_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    address VARCHAR NOT NULL,
    browser VARCHAR NOT NULL
);

-- Codes by which somebody chooses a first or a new password; each works once.
CREATE TABLE IF NOT EXISTS one_time_codes (
    code_sha256 VARCHAR NOT NULL,
    login VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);

-- Sign-ins that failed, to slow down who guesses.
CREATE TABLE IF NOT EXISTS failed_sign_ins (
    login VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    failed_at TIMESTAMP NOT NULL
);
