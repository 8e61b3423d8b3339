"""Tokens and codes: made at random, kept as hashes."""

import hashlib
import secrets

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that look alike
_GROUPS, _IN_A_GROUP = 5, 4


def token() -> str:
    """256 random bits for a cookie."""
    return secrets.token_urlsafe(32)


def code() -> str:
    """100 random bits that a person can type, such as K7QF-…"""
    groups = ("".join(secrets.choice(_LETTERS) for _one in range(_IN_A_GROUP)) for _group in range(_GROUPS))
    return "-".join(groups)


def kept(text: str) -> str:
    """What is kept of it. Such secrets are long and random: a plain hash tells nothing of them."""
    return hashlib.sha256(text.strip().encode()).hexdigest()
