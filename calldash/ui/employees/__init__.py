"""The page Employees."""
