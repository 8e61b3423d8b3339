"""The page Advertising: what people bring and say about sources."""
