"""What people and rules say of calls."""
