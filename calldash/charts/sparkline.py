"""A line without axes for a card: a small picture, inline as SVG."""

from collections.abc import Sequence
from urllib.parse import quote

_WIDTH, _HEIGHT, _PAD = 100, 28, 2


def sparkline(values: Sequence[float | None], stroke: str) -> str:
    """The course of `values` (missing ones leave a gap), from zero up, as an `img`; empty text for fewer than two."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    top = max(known) or 1.0
    step = _WIDTH / (len(values) - 1)
    parts: list[list[str]] = [[]]
    for at, value in enumerate(values):
        if value is None:
            parts.append([])
        else:
            parts[-1].append(f"{at * step:.1f},{_HEIGHT - _PAD - value / top * (_HEIGHT - 2 * _PAD):.1f}")
    lines = "".join(_line(part, stroke) for part in parts if part)
    box = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none"'
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{lines}</svg>'
    return f'<img class="cd-spark" alt="" src="data:image/svg+xml,{quote(picture)}">'


def _line(points: list[str], stroke: str) -> str:
    """Points joined; one that stands alone is a dot, which a line of no length with round ends is."""
    alone = len(points) == 1
    return (
        f'<polyline points="{" ".join(points * 2 if alone else points)}" fill="none" stroke="{stroke}" '
        f'stroke-width="{4 if alone else 1.6}" stroke-linecap="round" stroke-linejoin="round" '
        'vector-effect="non-scaling-stroke"/>'
    )
