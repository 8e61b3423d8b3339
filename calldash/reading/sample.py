"""The head of a file, by which providers recognise it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """What a provider recognises a file by: its first lines as text, and the first of them cut into fields."""

    name: str
    lines: tuple[str, ...]
    delimiter: str
    header: tuple[str, ...]
    sheet: bool = False

    @property
    def is_json(self) -> bool:
        return bool(self.lines) and self.lines[0].lstrip()[:1] in ("{", "[")
