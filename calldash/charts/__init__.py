"""Frames become Plotly figures. Pure functions: no SQL, no Streamlit; language and theme are those of the run.

Every function gives None when there is nothing to draw. A point carries in `customdata` the values of the breakdown it
stands for, as texts in the order of the function's dimensions, so that a click can open the calls behind it.
"""

from calldash.charts.categories import bars
from calldash.charts.curve import callback_curve
from calldash.charts.expected import come_and_expected, expected_hours
from calldash.charts.half_hours import calls_by_half, people_by_half
from calldash.charts.heat import weekday_hour
from calldash.charts.intervals import Difference, intervals, signed_ticks
from calldash.charts.layers import layers
from calldash.charts.look import CONFIG, level
from calldash.charts.lorenz import lorenz
from calldash.charts.losses import losses
from calldash.charts.matrix import matrix
from calldash.charts.panels import panels
from calldash.charts.seconds import cumulated, seconds
from calldash.charts.sparkline import sparkline
from calldash.charts.spread import spread
from calldash.charts.stacked import Layer, stacked
from calldash.charts.standouts import first_of, peak_hour, worst_day
from calldash.charts.timeline import Span, timeline
from calldash.charts.times import Series, over_time
from calldash.charts.tree import Branch, tree
from calldash.charts.treemap import treemap
from calldash.charts.waits import waits
from calldash.charts.whole import Part, whole

__all__ = [
    "CONFIG",
    "Branch",
    "Difference",
    "Layer",
    "Part",
    "Series",
    "Span",
    "bars",
    "callback_curve",
    "calls_by_half",
    "come_and_expected",
    "cumulated",
    "expected_hours",
    "first_of",
    "intervals",
    "layers",
    "level",
    "lorenz",
    "losses",
    "matrix",
    "over_time",
    "panels",
    "peak_hour",
    "people_by_half",
    "seconds",
    "signed_ticks",
    "sparkline",
    "spread",
    "stacked",
    "timeline",
    "tree",
    "treemap",
    "waits",
    "weekday_hour",
    "whole",
    "worst_day",
]
