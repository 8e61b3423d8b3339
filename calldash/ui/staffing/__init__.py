"""The page Staffing."""
