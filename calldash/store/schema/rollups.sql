-- Days with calls. `fresh`: the rollups speak for the day. `settled`: and will, however time goes by.
-- The rollups' own tables follow from the figures.

CREATE TABLE IF NOT EXISTS rollup_days (day DATE NOT NULL, fresh BOOLEAN NOT NULL, settled BOOLEAN NOT NULL);
