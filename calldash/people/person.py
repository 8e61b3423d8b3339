"""Somebody who asks for something, as everything that must know sees them."""

from dataclasses import dataclass

from calldash.people.roles import ROLES


@dataclass(frozen=True)
class Person:
    """Login, name, role, and whose calls they see where the role says so: those of teams, or of one employee."""

    login: str
    name: str
    role: str | None
    teams: tuple[str, ...] = ()
    employee: str | None = None

    def may(self, what: str) -> bool:
        """Whether the role has the permission `what`, or all of several parted by blanks; else nothing is allowed."""
        wanted = what.split()
        return bool(wanted) and self.role in ROLES and ROLES[self.role].may.issuperset(wanted)

    @property
    def limits(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The dimensions and values that the calls shown must have; none where all are shown."""
        sees = ROLES[self.role].sees if self.role in ROLES else "nothing"
        if sees == "all":
            return ()
        if sees == "teams":
            return (("team", self.teams),)
        return (("employee", (self.employee,) if sees == "own" and self.employee else ()),)


# Whoever sits at the machine on which the app runs, before there are accounts; and the command line.
LOCAL = Person("local", "", "admin")
NOBODY = Person("", "", None)
