"""What nobody may ask who sees numbers of clients only masked: else a number is guessed, answer by answer."""

from collections.abc import Iterable

from calldash.metrics import PERSONAL
from calldash.people import viewer
from calldash.problems import Problem


def hidden(columns: Iterable[str]) -> bool:
    """Whether one of these columns of a call tells who somebody is, and whoever asks may not see that whole."""
    return not viewer.current().may("numbers") and not set(PERSONAL).isdisjoint(columns)


def refuse(columns: Iterable[str]) -> None:
    """Raises Problem where one of these columns is hidden."""
    if hidden(columns):
        raise Problem("Only who sees whole numbers of clients may ask for calls by them.")
