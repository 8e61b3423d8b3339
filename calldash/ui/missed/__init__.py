"""The page Missed."""
