"""The page Calls: the log."""
