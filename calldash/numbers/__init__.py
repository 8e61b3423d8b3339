"""Phone numbers: one spelling, where they belong, whose they are."""
