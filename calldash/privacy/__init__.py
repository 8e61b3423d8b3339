"""Personal data: erasing a client, how long data is kept, pseudonyms, and what callers of a line are told."""
