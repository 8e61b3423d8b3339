"""Who uses calldash: accounts, passwords, second factors, sessions, and what each role may do."""

from calldash.people.person import LOCAL, NOBODY, Person

__all__ = ["LOCAL", "NOBODY", "Person"]
