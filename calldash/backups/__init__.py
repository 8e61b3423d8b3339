"""Copies of the store, and putting one in its place."""
