-- Parts of the time in the table `presence`, a row a local day, where the phone system reports it.

-- Signed in for a queue, and of that on a break in it. Somebody in two queues at once is in both.
CREATE TABLE IF NOT EXISTS presence_queues (
    system VARCHAR NOT NULL,
    employee VARCHAR NOT NULL,
    queue VARCHAR NOT NULL,
    day DATE NOT NULL,
    signed_s INTEGER NOT NULL,
    break_s INTEGER NOT NULL
);

-- Breaks by their reason (NULL: none was given). Reasons of one employee add up to their time on a break.
CREATE TABLE IF NOT EXISTS presence_breaks (
    system VARCHAR NOT NULL,
    employee VARCHAR NOT NULL,
    reason VARCHAR,
    day DATE NOT NULL,
    break_s INTEGER NOT NULL
);

-- The table `presence` with all the columns of legs, so that any filter can be asked of it.
CREATE OR REPLACE VIEW signed_rows AS
SELECT *, NULL::INTEGER AS signed_s, NULL::INTEGER AS break_s FROM leg_rows WHERE FALSE
UNION ALL BY NAME
SELECT system, employee, day, isodow(day) AS weekday, signed_s, break_s FROM presence;
