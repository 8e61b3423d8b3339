"""Colours that let the ground through. Plotly's own opacity of single bars would keep them from being clicked."""

from calldash.colours import colour


def faded(meaning: str, opacity: float) -> str:
    """The colour of a meaning at an opacity, as CSS."""
    red, green, blue = (int(colour(meaning)[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
