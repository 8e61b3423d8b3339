-- What a team may spend on telephony in a month.
CREATE TABLE IF NOT EXISTS budgets (
    team VARCHAR NOT NULL,                -- empty: the whole company
    month DATE NOT NULL,                  -- its first day
    amount DECIMAL(18, 6) NOT NULL,
    currency VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    entered_at TIMESTAMP NOT NULL,
    PRIMARY KEY (team, month)
);
