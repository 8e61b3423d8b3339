-- Where a client's number belongs, by the numbering plans; the columns speak of calls by their client_id.
CREATE TABLE IF NOT EXISTS number_places (
    of_client INTEGER NOT NULL,
    of_number UBIGINT NOT NULL,           -- hash of the number: a client_id may be given again
    country VARCHAR,                      -- ISO 3166; NULL where the number is of no country
    region VARCHAR,                       -- in Russian where the plans have it so, else in English
    number_kind VARCHAR NOT NULL,         -- mobile, landline, either, toll_free, premium, shared_cost, voip, other
    carrier VARCHAR                       -- to whom the range was given
);
