"""Signing in at a real OpenID Connect provider, which runs beside the test."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import oidc_provider_mock
import pytest
from starlette.testclient import TestClient

from calldash import audit
from calldash.people import Person, accounts, invitations, outside, sessions
from calldash.problems import Problem
from calldash.server import running
from calldash.server.entrance import COOKIE
from calldash.store import Store
from tests.test_door import GOOD, behind_the_door


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """A provider that knows anna, a lead by her claims, and boris, who has no role there."""
    people = [
        oidc_provider_mock.User(sub="anna", claims={
            "email": "anna@shop.example", "email_verified": True, "name": "Anna", "groups": ["calls-leads"],
            "teams": ["Sales"],
        }),
        oidc_provider_mock.User(sub="boris", claims={"email": "boris@shop.example", "email_verified": True}),
        oidc_provider_mock.User(sub="eve", claims={"email": "olga", "email_verified": False}),
        oidc_provider_mock.User(sub="mallory", claims={"preferred_username": "olga", "groups": ["calls-leads"]}),
    ]  # fmt: skip
    with oidc_provider_mock.run_server_in_thread(user_claims=people, require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def store(tmp_path, monkeypatch: pytest.MonkeyPatch, provider: str) -> Iterator[Store]:
    given = {"db": tmp_path / "app.duckdb", "data": tmp_path, "language": "en", "oidc_issuer": provider,
             "oidc_client_id": "calldash", "oidc_client_secret": "secret", "oidc_name": "Shop",
             "oidc_role_claim": "groups", "oidc_roles": '{"calls-leads": "lead"}'}  # fmt: skip
    for name, value in given.items():
        monkeypatch.setenv(f"CALLDASH_{name.upper()}", str(value))
    running.close()
    invitations.redeem(running.store(), invitations.first(running.store()), GOOD, "olga")
    yield running.store()
    running.close()


def browser() -> TestClient:
    return TestClient(behind_the_door(), base_url="http://127.0.0.1:8501", follow_redirects=False)


def at_the_provider(address: str, sub: str) -> str:
    """What a person does there: say who they are; gives the address they are sent back to."""
    with httpx.Client() as client:
        client.get(address)
        answer = client.post(address, data={"sub": sub, "action": "authorize"})
    return answer.headers["location"]


def signed_in(client: TestClient, sub: str, to: str = "") -> httpx.Response:
    away = client.get("/sign-in/outside", params={"to": to}).headers["location"]
    back = urlsplit(at_the_provider(away, sub))
    assert back.path == "/sign-in/back"
    return client.get(f"{back.path}?{back.query}")


def test_who_has_a_role_there_is_let_in_and_given_it(store: Store) -> None:
    client = browser()
    assert ">Sign in with Shop<" in client.get("/sign-in?lang=en").text
    answer = signed_in(client, "anna", "/calls")
    assert (answer.status_code, answer.headers["location"]) == (303, "/calls")
    person = sessions.of(store).find(client.cookies[COOKIE]).person
    assert person == Person("anna@shop.example", "Anna", "lead", ("Sales",))
    assert signed_in(browser(), "anna").status_code == 303, "the second time the account is there"


def test_who_has_neither_role_nor_account_stays_outside(store: Store) -> None:
    answer = signed_in(browser(), "boris")
    assert (answer.status_code, "no account for boris@shop.example" in answer.text) == (403, True)
    accounts.create(store, "olga", "boris@shop.example", "Boris", "head")
    assert signed_in(browser(), "boris").status_code == 303


def test_an_address_that_was_not_verified_is_nobodys(store: Store) -> None:
    answer = signed_in(browser(), "eve")
    assert (answer.status_code, "no account for eve" in answer.text) == (403, True)


def test_a_name_that_somebody_chose_over_there_opens_no_account_here(store: Store) -> None:
    """Providers let people choose their username; here olga is the administrator."""
    assert signed_in(browser(), "mallory").status_code == 403
    assert accounts.find(store, "olga").outside is None
    assert accounts.find(store, "olga").role == "admin"


def claimed(store: Store, **claims: object) -> str:
    """Who is let in with such claims of a provider that has said them truly."""
    return outside._login(store, {"iss": "https://id.example", "sub": "anna-1", **claims})


def test_a_role_that_is_claimed_no_more_lets_in_no_more(store: Store) -> None:
    given = {"preferred_username": "anna", "groups": ["calls-leads"], "teams": ["Sales"]}
    assert claimed(store, **given) == "anna"
    with pytest.raises(Problem, match="names no role for anna any more"):
        claimed(store, preferred_username="anna", groups=[])
    accounts.change(store, "olga", "anna", Person("anna", "Anna", "head"))
    assert claimed(store, preferred_username="anna", groups=[]) == "anna", "an administrator gave this role here"
    assert accounts.find(store, "anna").role == "head"


def test_who_leads_another_team_over_there_leads_it_here(store: Store) -> None:
    for teams, leads in ((["Sales"], ("Sales",)), (["Service"], ("Service",)), (None, ("Service",))):
        claimed(store, preferred_username="anna", groups=["calls-leads"], **({"teams": teams} if teams else {}))
        assert accounts.find(store, "anna").teams == leads, teams
    changes = [line for line in audit.trail(store, "anna") if line[2] == "account changed"]
    assert len(changes) == 1, "a sign-in that changes nothing leaves no line"


def test_a_closed_account_is_not_made_anew_under_another_address(store: Store) -> None:
    given = {"email_verified": True, "groups": ["calls-leads"], "teams": ["Sales"]}
    claimed(store, email="anna@shop.example", **given)
    accounts.close(store, "olga", "anna@shop.example")
    with pytest.raises(Problem, match="no account for anna@shop"):
        claimed(store, email="anna@elsewhere.example", **given)
    assert len(accounts.everybody(store)) == 2


def test_a_closed_account_stays_closed(store: Store) -> None:
    signed_in(browser(), "anna")
    accounts.close(store, "olga", "anna@shop.example")
    assert signed_in(browser(), "anna").status_code == 403


def test_an_answer_begun_in_another_browser_or_used_before_is_refused(store: Store) -> None:
    client = browser()
    back = at_the_provider(client.get("/sign-in/outside").headers["location"], "anna")
    query = urlsplit(back).query
    assert browser().get(f"/sign-in/back?{query}").status_code == 403, "another browser"
    assert client.get(f"/sign-in/back?{query}").status_code == 403, "each try comes back once"
    assert COOKIE not in client.cookies


def test_another_nonce_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    client = browser()
    away = client.get("/sign-in/outside").headers["location"]
    nonce = parse_qs(urlsplit(away).query)["nonce"][0]
    back = urlsplit(at_the_provider(re.sub(nonce, "another", away), "anna"))
    answer = client.get(f"{back.path}?{back.query}")
    assert (answer.status_code, "no valid answer" in answer.text) == (403, True)


def test_a_provider_that_is_away_is_one_sentence(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLDASH_OIDC_ISSUER", "http://localhost:9")
    running.close()
    outside._discovered.cache_clear()
    answer = browser().get("/sign-in/outside?lang=en")
    assert (answer.status_code, "cannot be reached" in answer.text) == (403, True)
