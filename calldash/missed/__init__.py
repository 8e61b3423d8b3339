"""Missed clients and what becomes of them."""
