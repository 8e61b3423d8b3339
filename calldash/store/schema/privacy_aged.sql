-- Calls whose id held the number of a client whose time is over: the id that they have instead.
CREATE TABLE IF NOT EXISTS aged_calls (system VARCHAR NOT NULL, id VARCHAR NOT NULL);
