"""Employees compared: fairly, and in how evenly work is shared out."""
