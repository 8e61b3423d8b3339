"""What calls should have cost, may cost, and should not have."""
