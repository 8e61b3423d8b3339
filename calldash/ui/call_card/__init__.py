"""One call, with all that is known of it."""
