"""Tariffs: what a call should have cost, where the bill says otherwise, and what another tariff would have cost."""

from calldash.tariffs.tariff import Line, Tariff

__all__ = ["Line", "Tariff"]
