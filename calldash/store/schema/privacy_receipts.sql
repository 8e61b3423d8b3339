-- What erasing a client did, to be shown to whoever asks later: without the number, which the keyed hash stands for.
CREATE TABLE IF NOT EXISTS erasure_receipts (
    number_hmac VARCHAR NOT NULL,
    erased_at TIMESTAMP NOT NULL,
    body VARCHAR NOT NULL                 -- JSON, as it is handed out
);
