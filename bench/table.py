"""What was measured as one table, and the machine it was measured on."""

import os
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import duckdb
import streamlit

TIMES = 5


@dataclass(frozen=True)
class Line:
    """A measure: its value as text, and as a number where an aim says what it may be at most."""

    measure: str
    text: str
    number: float | None = None
    aim: float | None = None
    unit: str = ""

    @property
    def verdict(self) -> str:
        if self.aim is None or self.number is None:
            return ""
        return "yes" if self.number <= self.aim else "NO"


def seconds_of(action: Callable[[], object], times: int = TIMES) -> float:
    """The median time of an action."""
    found = []
    for _ in range(times):
        started = perf_counter()
        action()
        found.append(perf_counter() - started)
    return median(found)


def machine() -> str:
    """Cores, memory and versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    versions = f"Python {platform.python_version()}, DuckDB {duckdb.__version__}, Streamlit {streamlit.__version__}"
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {sys.platform}; {versions}; medians of {TIMES}"


def show(lines: list[Line]) -> None:
    """Prints the table."""
    head = ("measure", "result", "aim", "met")
    rows = [head, *((one.measure, one.text, _aim(one), one.verdict) for one in lines)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(head))]
    print(machine())
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _aim(line: Line) -> str:
    return "" if line.aim is None else f"<= {line.aim:g}{line.unit}"
