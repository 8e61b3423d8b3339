"""Accounts, codes, passwords, second factors and sessions, on a real store."""

import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calldash import audit
from calldash.people import (
    Person,
    accounts,
    clock,
    invitations,
    passwords,
    second_factor,
    sessions,
    signing_in,
    throttle,
)
from calldash.problems import Problem
from calldash.settings import Settings
from calldash.store import Store, open_store
from tests.drawn import cases

GOOD = "four words nobody guesses"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(Settings(db=tmp_path / "calls.duckdb", data=tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch):
    """Moves the clock on by a time."""
    moved = [timedelta(0)]
    real = clock.now
    for module in (accounts, invitations, sessions, throttle):
        monkeypatch.setattr(module, "now", lambda: real() + moved[0])

    def move(**by: float) -> None:
        moved[0] += timedelta(**by)

    return move


def admin(store: Store, login: str = "olga") -> str:
    """The first administrator, by the code printed at the start."""
    return invitations.redeem(store, invitations.first(store), GOOD, login)


def enter(store: Store, login: str = "olga", password: str = GOOD, code: str = "") -> str:
    return signing_in.sign_in(store, login, password, code, "10.0.0.7", "Firefox")


def said(store: Store) -> list[str]:
    return [action for _at, _who, action, _subject, _detail in reversed(audit.trail(store))]


def test_the_first_code_makes_an_administrator_and_only_one(store: Store) -> None:
    code = invitations.first(store)
    assert invitations.redeem(store, code.lower(), GOOD, "Olga") == "olga"
    assert accounts.find(store, "OLGA").role == "admin"
    assert invitations.first(store) is None
    with pytest.raises(invitations.UnknownCodeError):
        invitations.redeem(store, code, GOOD, "eve")
    assert said(store) == ["account made", "password chosen"]


def test_a_wrong_password_leaves_the_code_as_it_was(store: Store) -> None:
    code = invitations.first(store)
    with pytest.raises(Problem, match="at least 12"):
        invitations.redeem(store, code, "short", "olga")
    assert accounts.everybody(store) == []
    assert invitations.redeem(store, code, GOOD, "olga") == "olga"


def test_codes_end_after_three_days_and_a_newer_one_voids_them(store: Store, at) -> None:
    admin(store)
    accounts.create(store, "olga", "ivan", "Ivan", "head")
    old, new = invitations.invite(store, "olga", "ivan"), invitations.invite(store, "olga", "ivan")
    for moved, code in ((0, old), (73, new)):
        at(hours=moved)
        with pytest.raises(invitations.UnknownCodeError):
            invitations.redeem(store, code, GOOD)


@pytest.mark.parametrize(
    "case",
    cases("""
    password                  | login | why
    eleven more               | olga  | at least 12
    Olga.Petrova1             | olga.petrova1 | guessed
    aaaaaaaaaaaaaaaa          | olga  | guessed
    """),
    ids=lambda case: case["password"],
)
def test_passwords_that_are_refused(case: dict[str, str]) -> None:
    with pytest.raises(Problem, match=case["why"]):
        passwords.hashed(case["password"], case["login"])


def test_login_and_password_fail_in_the_same_words(store: Store) -> None:
    admin(store)
    for login, password in (("olga", "another long one"), ("nobody", GOOD)):
        with pytest.raises(Problem, match="Login or password is wrong"):
            enter(store, login, password)
    assert sessions.of(store).find(enter(store)).person == Person("olga", "olga", "admin")
    assert said(store)[-3:] == ["sign in failed", "sign in failed", "sign in"]


def test_who_fails_too_often_waits_and_then_may_again(store: Store, at) -> None:
    admin(store)
    for _try in range(8):
        with pytest.raises(Problem, match="wrong"):
            enter(store, password="not the password")
    with pytest.raises(throttle.WaitError, match="15 min"):
        enter(store)
    at(minutes=15.1)
    assert enter(store)


def test_an_address_that_tries_many_logins_waits_too(store: Store) -> None:
    admin(store)
    for number in range(40):
        with pytest.raises(Problem, match="wrong"):
            enter(store, f"guess{number}")
    with pytest.raises(throttle.WaitError):
        enter(store)
    assert signing_in.sign_in(store, "olga", GOOD, "", "10.0.0.8", "")


def test_a_second_factor_is_asked_for_and_each_code_is_good_once(store: Store) -> None:
    secret = second_factor.secret()
    accounts.set_second_factor(store, "olga", admin(store), secret)
    with pytest.raises(signing_in.CodeWantedError):
        enter(store)
    with pytest.raises(Problem, match="wrong or was used"):
        enter(store, code="000000" if pyotp.TOTP(secret).now() != "000000" else "111111")
    code = pyotp.TOTP(secret).now()
    assert enter(store, code=f"{code[:3]} {code[3:]}")
    with pytest.raises(Problem, match="wrong or was used"):
        enter(store, code=code)


@given(given=st.integers(0, 999_999).map("{:06}".format))
def test_no_other_digits_are_a_code(given: str) -> None:
    secret = second_factor.secret()
    here = int(time.time()) // 30
    near = {pyotp.TOTP(secret).generate_otp(here + shift) for shift in (-2, -1, 0, 1, 2)}
    assert second_factor.step_of(secret, given, None) is None or given in near


def test_sessions_end_by_silence_by_age_and_by_hand(store: Store, at) -> None:
    admin(store)
    known = sessions.of(store)
    token = enter(store)
    at(hours=11)
    assert known.find(token), "somebody was there within twelve hours"
    at(hours=11)
    assert known.find(token)
    at(hours=13)
    assert known.find(token) is None
    token = enter(store)
    for _day in range(15):
        at(hours=11)
        alive = known.find(token)
    assert alive
    at(hours=11)
    assert known.find(token) is None, "after a week one signs in again"
    token, other = enter(store), enter(store)
    signing_in.sign_out(store, token)
    assert known.find(token) is None
    assert known.find(other)
    known.end_all("olga")
    assert known.find(other) is None
    assert known.find("forged") is None


def test_a_session_holds_after_the_store_was_opened_anew(store: Store) -> None:
    admin(store)
    token = enter(store)
    assert sessions.Sessions(store).find(token).person.login == "olga"
    assert not store.rows("SELECT 1 FROM sessions WHERE token_sha256 = $1", [token]), "the token itself is not kept"


def test_a_change_of_role_holds_at_once_and_closing_signs_out(store: Store) -> None:
    admin(store)
    ivan = accounts.create(store, "olga", "ivan", "Ivan", "head").person
    invitations.redeem(store, invitations.invite(store, "olga", "ivan"), GOOD)
    token = enter(store, "ivan")
    accounts.change(store, "olga", "ivan", replace(ivan, role="lead", teams=("Sales",)))
    assert sessions.of(store).find(token).person.limits == (("team", ("Sales",)),)
    accounts.close(store, "olga", "ivan")
    assert sessions.of(store).find(token) is None
    with pytest.raises(Problem, match="wrong"):
        enter(store, "ivan")


def test_the_last_administrator_stays(store: Store) -> None:
    olga = accounts.find(store, admin(store)).person
    accounts.create(store, "olga", "petr", "Petr", "admin")  # has not chosen a password: cannot sign in yet
    with pytest.raises(Problem, match="last administrator"):
        accounts.close(store, "olga", "olga")
    with pytest.raises(Problem, match="last administrator"):
        accounts.change(store, "olga", "olga", replace(olga, role="head"))
    invitations.redeem(store, invitations.invite(store, "olga", "petr"), GOOD)
    accounts.close(store, "olga", "olga")


@pytest.mark.parametrize(
    "case",
    cases("""
    login   | role     | why
    о льга  | head     | Latin letters
    olga    | head     | already
    ivan    | chief    | no role
    ivan    | lead     | at least one team
    ivan    | employee | phone system
    """),
    ids=lambda case: case["why"],
)
def test_accounts_that_cannot_be(store: Store, case: dict[str, str]) -> None:
    admin(store)
    with pytest.raises(Problem, match=case["why"]):
        accounts.create(store, "olga", case["login"], "X", case["role"])
    assert len(accounts.everybody(store)) == 1


def test_nobody_and_roles_without_a_name_may_nothing() -> None:
    for person in (Person("x", "x", None), Person("x", "x", "no such role")):
        assert not person.may("figures")
        assert person.limits == (("employee", ()),)
