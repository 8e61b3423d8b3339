-- Which recordings lie in the folder, by what their names tell, and which were fetched from providers.

CREATE TABLE IF NOT EXISTS recording_folders (
    made_for VARCHAR NOT NULL,            -- the recordings folder and the patterns its names were read with
    folder VARCHAR NOT NULL,              -- below it; its files are read again when it has changed
    changed_ns BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS recording_files (
    folder VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    stem VARCHAR NOT NULL,                -- the name without its ending: a file may have been packed since
    call_id VARCHAR,                      -- what the name says of the call; NULL where it says nothing
    begun_at TIMESTAMP,                   -- as the phone system's clock had it
    number VARCHAR,                       -- digits of the other side
    line VARCHAR
);

CREATE TABLE IF NOT EXISTS fetched_recordings (
    link_sha256 VARCHAR PRIMARY KEY,
    sha256 VARCHAR NOT NULL,              -- of the content: its name in the folder
    file VARCHAR NOT NULL,
    bytes BIGINT NOT NULL,
    fetched_at TIMESTAMP NOT NULL
);
