-- Reports that people saved, as TOML, and the report that opens first for each of them.

CREATE TABLE IF NOT EXISTS templates (
    key VARCHAR PRIMARY KEY,
    owner VARCHAR NOT NULL,
    body VARCHAR NOT NULL,                -- the template in its file form
    changed_at TIMESTAMP NOT NULL
);

CREATE TABLE IF NOT EXISTS start_pages (who VARCHAR PRIMARY KEY, template VARCHAR NOT NULL);
