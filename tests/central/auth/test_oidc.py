"""What a provider says is believed only when all of it is right: every lie and every failure gets a sentence."""

import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from typing import Any

import httpx2
import pytest

from phb_tui.central.auth import oidc
from phb_tui.central.auth.login_settings import LoginFailed, OidcSettings, ProviderUnavailable, check
from phb_tui.central.storage.repository import Storage
from phb_tui.errors import SettingsProblem
from tests.oidc.malicious_provider import KEYS, PENDING, RSA, SHARED, MaliciousProvider, Said
from tests.oidc.running import NOWHERE, Settings, central


@pytest.fixture
def said() -> Iterator[Said]:
    handler = type("OneLiar", (MaliciousProvider,), {"answers": {}, "asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield Said(f"http://127.0.0.1:{server.server_address[1]}", handler.answers, handler.asked)  # type: ignore[attr-defined]
        server.shutdown()
        thread.join()


def test_what_is_right_is_believed(said: Said) -> None:
    """Signed by the provider's key, for central, for this sign-in and not too old: that is who it is."""
    assert said.says() == "sub-lee"
    assert said.says(iss=said.address) == "sub-lee"
    said.sign(kid=None)
    assert said.says() == "sub-lee"


def test_the_authorization_url_has_state_nonce_and_code_challenge(said: Said) -> None:
    """The address has a state, a nonce and the hash of a verifier, each new, and asks for no more than is needed."""
    asks = said.asks()
    ways = [httpx2.URL(asks.authorization_url()[0]).params for _ in range(2)]
    assert (ways[0]["response_type"], ways[0]["scope"], ways[0]["client_id"]) == ("code", "openid", "central")
    assert (ways[0]["code_challenge_method"], ways[0]["redirect_uri"]) == ("S256", "http://127.0.0.1:9/signed-in")
    for name in ("state", "nonce", "code_challenge"):
        assert ways[0][name] != ways[1][name]
    assert len(said.asked) == 2  # the document and the keys, once


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"aud": "another service"},
        {"aud": []},
        {"aud": ["central", "another service"]},
        {"aud": ["central", "another service"], "azp": "another service"},
        {"azp": "another service"},
        {"exp": 1},
        {"exp": "soon"},
        {"exp": None},
        {"iat": 10**11},
        {"nonce": "another nonce"},
        {"nonce": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "a\nb"},
        {"sub": "x" * 300},
        {"at_hash": "another token's"},
    ],
)
def test_what_is_not_meant_for_this_sign_in_is_not_believed(claims: dict[str, Any], said: Said) -> None:
    """Another issuer, another service, too old, another sign-in, no name: each is a sentence and nobody."""
    said.claims |= claims
    said.claims = {name: value for name, value in said.claims.items() if value is not None}
    said.sign()
    with pytest.raises(LoginFailed):
        said.says()


@pytest.mark.parametrize(
    ("kid", "alg", "key"),
    [
        ("one", "ES256", KEYS["two"]),
        ("rsa", "RS256", RSA),
        ("one", "HS256", SHARED),
        ("shared", "HS256", SHARED),
        ("one", "none", SHARED),
    ],
)
def test_what_the_provider_did_not_sign_is_not_believed(kid: str, alg: str, key: Any, said: Said) -> None:
    """Another key, a key that is not there, a secret that others have too, and no signature at all."""
    if kid == "shared":
        said.answers["/keys"]["keys"].append(SHARED.as_dict())
    said.sign(kid, alg, key)
    with pytest.raises(LoginFailed):
        said.says()


def test_a_new_key_is_looked_for_once(said: Said) -> None:
    """When the provider begins to sign with another key its keys are read again; one that is nowhere, once only."""
    asks = said.asks()
    brought = {"state": PENDING.state, "code": "the code"}
    assert asks.exchange_code(brought, PENDING) == "sub-lee"
    said.keys("one", "two")
    said.sign("two")
    assert asks.exchange_code(brought, PENDING) == "sub-lee"
    assert [path for path, _ in said.asked].count("/keys") == 2
    said.sign("nowhere", key=KEYS["two"])
    with pytest.raises(LoginFailed):
        asks.exchange_code(brought, PENDING)
    assert [path for path, _ in said.asked].count("/keys") == 3


@pytest.mark.parametrize(
    ("brought", "says"),
    [
        ({"state": "another"}, "not started in this browser"),
        ({"state": ""}, "not started in this browser"),
        ({"error": "access_denied"}, "did not finish"),
        ({"code": ""}, "did not finish"),
        ({"iss": "https://elsewhere.example"}, "cannot use"),
    ],
)
def test_what_comes_back_has_to_be_what_was_sent(brought: dict[str, str], says: str, said: Said) -> None:
    """Another state, an error, no code, another provider's answer: nothing is asked of the provider."""
    with pytest.raises(LoginFailed, match=says):
        said.says(**brought)
    assert "/token" not in [path for path, _ in said.asked]


def test_a_missing_iss_is_refused_when_the_provider_announces_it(said: Said) -> None:
    """A provider that says it names itself in each answer (RFC 9207) is not believed when an answer does not."""
    said.document["authorization_response_iss_parameter_supported"] = True
    with pytest.raises(LoginFailed):
        said.says()
    assert said.says(iss=said.address) == "sub-lee"


@pytest.mark.parametrize(
    ("path", "answer", "error"),
    [
        ("/.well-known/openid-configuration", 503, ProviderUnavailable),
        ("/.well-known/openid-configuration", 404, LoginFailed),
        ("/.well-known/openid-configuration", b"<html>", LoginFailed),
        ("/.well-known/openid-configuration", [], LoginFailed),
        ("/.well-known/openid-configuration", {}, LoginFailed),
        ("/keys", 500, ProviderUnavailable),
        ("/keys", {}, LoginFailed),
        ("/keys", {"keys": []}, LoginFailed),
        ("/keys", {"keys": "none"}, LoginFailed),
        ("/keys", {"keys": [{"kty": "EC"}]}, LoginFailed),
        ("/keys", {"keys": [7]}, LoginFailed),
        ("/token", 500, ProviderUnavailable),
        ("/token", 400, LoginFailed),
        ("/token", b"<html>", LoginFailed),
        ("/token", [], LoginFailed),
        ("/token", {}, LoginFailed),
        ("/token", {"error": "invalid_grant"}, LoginFailed),
        ("/token", {"error": "invalid_client"}, LoginFailed),
        ("/token", {"access_token": "a", "id_token": 7}, LoginFailed),
        ("/token", {"access_token": "a", "id_token": "a.b.c"}, LoginFailed),
        ("/token", {"access_token": "a", "id_token": "words"}, LoginFailed),
        ("/token", {"access_token": "a", "id_token": "é"}, LoginFailed),
    ],
)
def test_an_answer_of_no_use_is_a_sentence(path: str, answer: Any, error: type[Exception], said: Said) -> None:
    """Whatever answers in the provider's place, and however ill it is, the problem is one of two sentences."""
    said.answers[path] = answer
    with pytest.raises(error):
        said.says()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("issuer", "https://elsewhere.example"),
        ("token_endpoint", "http://elsewhere.example/token"),
        ("authorization_endpoint", "javascript:alert(1)"),
        ("jwks_uri", "file:///etc/passwd"),
        ("jwks_uri", 7),
        ("token_endpoint", "http://["),
    ],
)
def test_a_discovery_document_of_another_issuer_or_insecure_is_refused(name: str, value: object, said: Said) -> None:
    """A discovery document that speaks for another issuer, or names an address that others can read, is of no use."""
    said.document[name] = value
    with pytest.raises(LoginFailed):
        said.says()


def test_more_is_asked_for_only_when_it_is_needed(said: Said) -> None:
    """A name that is not in what was signed is asked for with the access token, and has to be about the same person."""
    assert said.says() == "sub-lee"
    assert "/me" not in [path for path, _ in said.asked]
    said.answers["/me"] = {"sub": "sub-lee", "email": "lee@example.org", "email_verified": True, "uid": "555"}
    assert said.says("email") == "lee@example.org"
    assert ("/me", "Bearer access") in said.asked
    assert said.says("uid") == "555"
    for wrong in ({"sub": "another"}, {"email_verified": False}, {"email_verified": "true"}, {"email": None}):
        said.answers["/me"] = {"sub": "sub-lee", "email": "lee@example.org", "email_verified": True, **wrong}
        with pytest.raises(LoginFailed):
            said.says("email")


def test_a_provider_that_is_away_is_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """While nobody answers at the provider's address, central says so and is not ill itself."""
    monkeypatch.setattr(oidc, "WAIT_SECONDS", 0.5)
    storage = Storage.on_sqlite(None)
    with central(storage, Settings(NOWHERE)) as address:
        found = httpx2.get(f"{address}/sign-in", trust_env=False)
        well = httpx2.get(f"{address}/readyz", trust_env=False)
    storage.close()
    assert (found.status_code, "does not answer" in found.text) == (503, True)
    assert well.status_code == 200


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (OidcSettings("http://provider.example", "c", "https://central.example"), "--sign-in"),
        (OidcSettings("words", "c", "https://central.example"), "--sign-in"),
        (OidcSettings("https://provider.example", "", "https://central.example"), "--client-id"),
        (OidcSettings("https://provider.example", "c", "http://central.example"), "--public-address"),
        (OidcSettings("https://provider.example", "c", "https://central.example/a/path"), "--public-address"),
        (OidcSettings("https://provider.example", "c", "https://[::]:8443"), "--public-address"),
    ],
)
def test_settings_with_which_nobody_could_sign_in_are_refused(settings: OidcSettings, words: str) -> None:
    """A provider or an address of central's that others can read, or that no browser could come back to."""
    with pytest.raises(SettingsProblem, match=words):
        check(settings)
    check(OidcSettings("https://provider.example", "c", "https://central.example"))
