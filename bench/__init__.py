"""Measures: importing, small additions, the queries of pages and the pages themselves, on synthetic calls."""
