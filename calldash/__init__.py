"""calldash: a self-hosted KPI dashboard over a company's telephone calls."""

__version__ = "0.1.0"
