"""Codes of an authenticator app (TOTP, RFC 6238), each good once."""

import time

import pyotp

_STEP_S = 30
_AROUND = (0, -1, 1)  # clocks differ


def secret() -> str:
    """A new secret, as authenticator apps take it."""
    return pyotp.random_base32()


def address(kept: str, login: str) -> str:
    """The otpauth:// address that apps read from a picture."""
    return pyotp.TOTP(kept, name=login, issuer="calldash").provisioning_uri()


def step_of(kept: str, given: str, used: int | None) -> int | None:
    """The time step that the code is of; None when it is wrong, too old, or not newer than the one `used` last."""
    digits = "".join(sign for sign in given if sign.isdigit())
    here = int(time.time()) // _STEP_S
    totp = pyotp.TOTP(kept)
    for step in (here + shift for shift in _AROUND):
        fits = pyotp.utils.strings_equal(totp.generate_otp(step), digits)
        if fits and (used is None or step > used):
            return step
    return None
