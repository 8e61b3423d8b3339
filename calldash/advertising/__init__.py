"""Where calls come from, what that cost and what it brought."""
