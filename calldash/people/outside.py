"""Signing in with an OpenID Connect provider: authorization code with PKCE (RFC 7636), the answer checked here.

What a try needs to remember stays here under its `state`; the browser only holds that.
"""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from calldash import audit
from calldash.people import accounts, secret, sessions
from calldash.people.person import Person
from calldash.people.roles import ROLES
from calldash.problems import Problem
from calldash.settings import Settings
from calldash.store import Store

_PATIENCE_S, _TRY_S, _MOST_TRIES, _LEEWAY_S = 10.0, 600.0, 1000, 60
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")


class ProviderError(Problem):
    """The provider cannot be reached, or answers what cannot be trusted."""


@dataclass(frozen=True)
class _Try:
    nonce: str
    verifier: str
    redirect: str
    to: str
    until: float


_tries: dict[str, _Try] = {}
_lock = threading.Lock()


def offered(settings: Settings) -> bool:
    """Whether a provider is set up."""
    return bool(settings.oidc_issuer and settings.oidc_client_id)


def leave(settings: Settings, redirect: str, to: str) -> tuple[str, str]:
    """The address at the provider to send a browser to, and the `state` that it must come back with."""
    known = _discovered(str(settings.oidc_issuer))
    state, nonce, verifier = secret.token(), secret.token(), secret.token()
    with _client(settings, redirect) as client:
        address, _state = client.create_authorization_url(
            known["authorization_endpoint"], state=state, code_verifier=verifier, nonce=nonce
        )
    with _lock:
        for old in [key for key, one in _tries.items() if one.until < time.monotonic()]:
            del _tries[old]
        if len(_tries) >= _MOST_TRIES:
            del _tries[next(iter(_tries))]
        _tries[state] = _Try(nonce, verifier, redirect, to, time.monotonic() + _TRY_S)
    return str(address), state


def come_back(store: Store, answer: Mapping[str, str], state: str | None) -> tuple[str, str]:
    """The login that the provider vouches for, and where they wanted to go. Raises Problem for all that is not right.

    `state` is what the browser holds; each try comes back once.
    """
    with _lock:
        tried = _tries.pop(answer.get("state", ""), None)
    if tried is None or answer.get("state") != state or tried.until < time.monotonic():
        raise ProviderError("This sign-in took too long or was begun elsewhere. Try again.")
    if "code" not in answer:
        raise ProviderError("The sign-in was refused: {reason}.", reason=answer.get("error", "no code")[:80])
    claims = _claims(store.settings, tried, answer["code"])
    return _login(store, claims), tried.to


def _claims(settings: Settings, tried: _Try, code: str) -> dict[str, Any]:
    known = _discovered(str(settings.oidc_issuer))
    registry = jwt.JWTClaimsRegistry(
        leeway=_LEEWAY_S,
        iss={"essential": True, "value": known["issuer"]},
        aud={"essential": True, "value": str(settings.oidc_client_id)},
        sub={"essential": True},
        exp={"essential": True},
        nonce={"essential": True, "value": tried.nonce},
    )
    try:
        with _client(settings, tried.redirect) as client:
            given = client.fetch_token(known["token_endpoint"], code=code, code_verifier=tried.verifier)
            keys = KeySet.import_key_set(httpx.get(known["jwks_uri"], timeout=_PATIENCE_S).json())
        token = jwt.decode(given["id_token"], keys, algorithms=_ALGORITHMS)
        registry.validate(token.claims)
    except (httpx.HTTPError, AuthlibBaseError, JoseError, KeyError, ValueError) as error:
        raise ProviderError("The sign-in service gave no valid answer.") from error
    return dict(token.claims)


def _login(store: Store, claims: Mapping[str, Any]) -> str:
    """The account of these claims: known by their subject, the first time by a verified address; made for a role.

    Any other name is what people may choose for themselves over there: it opens no account that is here.
    """
    outside, role = f"{claims['iss']} {claims['sub']}", _role(store.settings, claims)
    email = str(claims.get("email", "")).strip().casefold() if claims.get("email_verified") is True else ""
    bound = store.rows("SELECT login FROM accounts WHERE outside = $1", [outside])
    login = str(bound[0][0]) if bound else email or str(claims.get("preferred_username") or claims["sub"]).casefold()
    account = accounts.find(store, login) if bound or email else None
    if account is None and role and accounts.find(store, login) is None:
        name = str(claims.get("name") or login)
        account = accounts.create(store, "openid", login, name, role, *_place(claims, role), claimed=True)
    if account is None or account.closed_at or (account.outside and account.outside != outside):
        raise Problem("There is no account for {login}. Ask an administrator.", login=login)
    if account.claimed and not role:
        raise Problem("The sign-in service names no role for {login} any more. Ask an administrator.", login=login)
    if role:
        _claimed(store, account, claims, role)
    if account.outside is None:
        with store.noting() as cursor:
            cursor.execute("UPDATE accounts SET outside = $1 WHERE login = $2", [outside, login])
        sessions.of(store).forget_people()
        audit.record(store, "openid", "account known outside", login)
    return login


def _claimed(store: Store, account: accounts.Account, claims: Mapping[str, Any], role: str) -> None:
    """The account gets the role, teams and employee that are claimed; what no claim tells stays as it is."""
    teams, employee = _place(claims, role)
    if role == account.role:
        teams, employee = teams or account.teams, str(claims.get("employee") or "") or account.employee
    now = Person(account.login, account.name, role, teams, employee)
    if now != account.person or not account.claimed:
        accounts.change(store, "openid", account.login, now, claimed=True)


def _role(settings: Settings, claims: Mapping[str, Any]) -> str | None:
    """The first role of ours that the claim names; None without a claim that does."""
    if not settings.oidc_role_claim:
        return None
    given = claims.get(settings.oidc_role_claim, ())
    named = dict(settings.oidc_roles)
    values = [str(one) for one in given] if isinstance(given, list | tuple) else [str(given)]
    roles = [named.get(value, value) for value in values]
    return next((role for role in ROLES if role in roles), None)


def _place(claims: Mapping[str, Any], role: str) -> tuple[tuple[str, ...], str | None]:
    """The teams of a lead and the employee behind an account, as the claims `teams` and `employee` have them."""
    teams = claims.get("teams", ())
    employee = claims.get("employee") or (claims.get("name") if ROLES[role].sees == "own" else None)
    return tuple(str(one) for one in teams) if isinstance(teams, list) else (), str(employee) if employee else None


def _client(settings: Settings, redirect: str) -> OAuth2Client:
    return OAuth2Client(
        settings.oidc_client_id,
        settings.oidc_client_secret.get_secret_value() if settings.oidc_client_secret else None,
        scope=settings.oidc_scope,
        redirect_uri=redirect,
        code_challenge_method="S256",
        timeout=_PATIENCE_S,
    )


@lru_cache(maxsize=4)
def _discovered(issuer: str) -> dict[str, Any]:
    """What the provider says of itself (OpenID Connect Discovery 1.0)."""
    try:
        answer = httpx.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration", timeout=_PATIENCE_S)
        found: dict[str, Any] = answer.raise_for_status().json()
    except (httpx.HTTPError, ValueError) as error:
        raise ProviderError("The sign-in service cannot be reached.") from error
    if str(found.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
        raise ProviderError("The sign-in service names another issuer than the settings.")
    return found
