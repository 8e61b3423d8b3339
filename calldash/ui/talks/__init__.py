"""The page Talks."""
