-- What was said in calls, as imported. A transcript hangs on (system, id): it outlives a re-import of its call.

CREATE TABLE IF NOT EXISTS transcripts (
    system VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    file VARCHAR NOT NULL,                -- the name of the file it was read from
    sha256 VARCHAR NOT NULL,
    language VARCHAR,                     -- as the file says, such as ru
    imported_at TIMESTAMP NOT NULL,
    lines INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS transcript_lines (
    system VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    line_no INTEGER NOT NULL,
    who VARCHAR NOT NULL,                 -- agent, client, or empty when not known
    speaker VARCHAR NOT NULL,             -- as the file says
    start_s DOUBLE NOT NULL,
    end_s DOUBLE NOT NULL,
    text VARCHAR NOT NULL,
    lemmas VARCHAR NOT NULL               -- the words' dictionary forms, a blank before and after each
);
