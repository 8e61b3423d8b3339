"""Where templates are: those that come with the program, the operator's files, and those that people saved."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from calldash.people import viewer
from calldash.problems import Problem
from calldash.store import Store
from calldash.templates import text_form
from calldash.templates.template import BUILT_IN, FILE, OWN, Template

_BUILT_IN = Path(__file__).parent / "built_in"
_FOLDER = "reports"  # of the operator's files, in the folder of the setting `data`
_BIGGEST = 1 << 16  # bytes of a file


@dataclass(frozen=True)
class Shelf:
    """The templates that somebody sees, by key, and what is wrong with those that cannot be read."""

    templates: dict[str, Template]
    problems: tuple[Problem, ...] = ()

    def find(self, key: str) -> Template:
        """The template with a key. Raises Problem when there is none, or none that can be read."""
        if key in self.templates:
            return self.templates[key]
        raise Problem("There is no report {key}. Known are: {known}.", key=key, known=", ".join(self.templates))


def shelf(store: Store, who: str) -> Shelf:
    """Own ones first, then the operator's files, then the built-in ones; of one key the file counts before all."""
    found: dict[str, Template] = {}
    problems: list[Problem] = []
    for key, text, origin, owner in _texts(store):
        try:
            template = text_form.parse(text, key, origin, owner)
        except Problem as problem:
            problems.append(problem)
            continue
        if origin != OWN or owner == who or _is_shared(template):
            found[key] = template
    order = {OWN: 0, FILE: 1, BUILT_IN: 2}
    return Shelf(dict(sorted(found.items(), key=lambda one: (order[one[1].origin], one[0]))), tuple(problems))


def _is_shared(template: Template) -> bool:
    """Whether the owner shares it with who is asking: with their role, or with all employees, which is everybody."""
    with_whom, role = template.shared_with, viewer.current().role
    return bool(with_whom) and (with_whom == "employee" or role in ("admin", with_whom))


def _texts(store: Store) -> Iterator[tuple[str, str, str, str]]:
    """Key, text, origin and owner of every template; of one key the last counts."""
    for path in sorted(_BUILT_IN.glob("*.toml")):
        yield path.stem, path.read_text(encoding="utf-8"), BUILT_IN, ""
    yield from ((key, body, OWN, owner) for key, body, owner in store.rows("SELECT key, body, owner FROM templates"))
    for path in sorted((store.settings.data / _FOLDER).glob("*.toml")):
        yield path.stem, _read(path), FILE, ""


def from_file(path: Path) -> Template:
    """The template in a TOML file. Raises Problem when it cannot be read."""
    if not path.is_file():
        raise Problem("There is no file {path}.", path=str(path))
    return text_form.parse(_read(path), path.stem, FILE)


def _read(path: Path) -> str:
    """The text of a file; one that is no text, or no file of this kind, is no TOML either."""
    try:
        with path.open("rb") as file:
            return as_text(file.read(_BIGGEST + 1))
    except OSError:
        return "?"


def as_text(content: bytes) -> str:
    """The text of a file that somebody gave; what is no text stays, to be told as no TOML."""
    return content.decode("utf-8-sig", errors="replace") if len(content) <= _BIGGEST else "?"
