"""The store: what a call is, the facts derived from it, and the embedded DuckDB that holds them."""

from calldash.store.duck import Store, open_store

__all__ = ["Store", "open_store"]
