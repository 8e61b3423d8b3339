"""Sets of names that belong together (disjoint-set forest); a set is called by its smallest name."""

from collections import defaultdict
from collections.abc import Iterable


class Ties:
    """Names joined into sets, whatever order they come in."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def join(self, names: Iterable[str]) -> None:
        """Puts `names` and all they were joined with before into one set."""
        roots = {self.root(name) for name in names}
        if roots:
            least = min(roots)
            for root in roots:
                self._above[root] = least

    def join_each(self, names: Iterable[str]) -> None:
        """Makes each of `names` known, in a set of its own unless it was joined before."""
        for name in names:
            self.root(name)

    def root(self, name: str) -> str:
        """What the set of `name` is called."""
        above = self._above.setdefault(name, name)
        while above != self._above[above]:
            self._above[name] = self._above[above]
            above = self._above[name]
        return above

    def members(self) -> list[str]:
        """All names known."""
        return list(self._above)

    def groups(self) -> list[list[str]]:
        """The sets."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name in self._above:
            found[self.root(name)].append(name)
        return list(found.values())
