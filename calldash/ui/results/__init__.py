"""The page Results of advertising."""
