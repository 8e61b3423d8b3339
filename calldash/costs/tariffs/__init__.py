"""Tariffs: what a call should have cost, where the bill says otherwise, and what another tariff would have cost."""

from calldash.costs.tariffs.tariff import Line, Tariff

__all__ = ["Line", "Tariff"]
