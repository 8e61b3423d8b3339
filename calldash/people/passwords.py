"""Passwords: how long they must be, and their hashes (argon2id with the library's parameters, RFC 9106)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from calldash.problems import Problem

SHORTEST, LONGEST = 12, 256
_hasher = PasswordHasher()
# Compared with where there is no account, so that an unknown login takes as long as a wrong password.
_NOBODYS = _hasher.hash("nobody's")


def hashed(password: str, login: str) -> str:
    """The hash to be kept. Raises Problem for a password that is too short, too long, or the login itself."""
    if len(password) < SHORTEST:
        raise Problem("A password has at least {number} characters; several words are easy to keep.", number=SHORTEST)
    if len(password) > LONGEST:
        raise Problem("A password has at most {number} characters.", number=LONGEST)
    if password.casefold().strip() == login.casefold() or len(set(password)) < 4:
        raise Problem("This password would be guessed at once. Choose several words that say nothing of you.")
    return _hasher.hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether the password is the one whose hash was kept; as slow when none was."""
    try:
        return _hasher.verify(kept or _NOBODYS, password[:LONGEST]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(kept)
