"""A change taken apart by cells so that the parts add up exactly. Pure.

A figure is part / whole (missed / inbound). With the earlier figure R0 the whole W1 of now would have brought W1 R0;
the extra is P1 - W1 R0, which is W1 times the change of the figure. Of a cell c (its earlier figure r0, its earlier
weight w0 = W0c / W0; a cell that was not there before has R0):

    rate  P1c - W1c r0            the cell's own figure changed
    mix   (W1c - W1 w0) (r0 - R0)  more cases fell into a cell that is worse than the rest, or fewer

Both summed over the cells are the extra, with nothing left over: the decomposition of Kitagawa (1955) and Oaxaca
(1973) with the rates of before and the weights of now. Of a count the extra is what came above the usual.
"""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Sums:
    """Part and whole of now and of before; a count's whole is 0, and `ratio` how many times longer before was."""

    part: float
    whole: float
    part_then: float
    whole_then: float
    ratio: float = 1.0

    @property
    def extra(self) -> float:
        """What came above the part that the earlier figure would have brought."""
        expected = self.whole * self.part_then / self.whole_then if self.whole_then else self.part_then / self.ratio
        return self.part - expected


def total(cells: pd.DataFrame, ratio: float = 1.0) -> Sums:
    """The sums over cells with the columns part, whole, part_then, whole_then."""
    part, whole, part_then, whole_then = (
        float(cells[name].sum()) for name in ("part", "whole", "part_then", "whole_then")
    )
    return Sums(part, whole, part_then, whole_then, ratio)


def parted(cells: pd.DataFrame, ratio: float = 1.0) -> pd.DataFrame:
    """The cells with the columns `rate`, `mix` and `extra`, their sum."""
    every = total(cells, ratio)
    if not every.whole_then:
        rate = cells["part"] - cells["part_then"] / ratio
        return cells.assign(rate=rate, mix=0.0, extra=rate)
    usual = every.part_then / every.whole_then
    then = (cells["part_then"] / cells["whole_then"].where(cells["whole_then"] > 0)).fillna(usual)
    rate = cells["part"] - cells["whole"] * then
    mix = (cells["whole"] - every.whole * cells["whole_then"] / every.whole_then) * (then - usual)
    return cells.assign(rate=rate, mix=mix, extra=rate + mix)
