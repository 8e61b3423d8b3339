"""Working hours, holidays, and a clock that stands still while nobody works."""
