"""Central over HTTP, with the real server and with every kind of wrong one."""

import time
from collections.abc import Iterator

import httpx2
import pytest

from phb_tui.central.server.factory import build_central
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.storage.repository import Storage
from phb_tui.domain.records.changes import Change, SyncPosition, Value
from phb_tui.errors import (
    CentralRefused,
)
from phb_tui.sync import signing, wire
from phb_tui.sync.http_client import HttpCentral, _Answer
from phb_tui.sync.protocol import DeviceBlocked, Enrolment, SyncReply, SyncRequest
from phb_tui.sync.signing import Message, Signer, verify_bytes
from tests import factories

KEYS = {device: signing.new_key() for device in ("d1", "d2", "spy")}


@pytest.fixture
def storage() -> Iterator[Storage]:
    """Central's tables with one team and two laptops, and another team with one."""
    found = Storage.on_sqlite(None)
    for team_id, device in (("t", "d1"), ("t", "d2"), ("other", "spy")):
        factories.admit(found, team_id, device, factories.nurse(device), KEYS[device][1])
    yield found
    found.close()


@pytest.fixture
def address(storage: Storage) -> Iterator[str]:
    """The real service on a free loopback port."""
    with serve_in_thread(build_central(storage, factories.KEY)) as found:
        yield found


def asking(address: str, device: str = "d1", team_id: str = "t") -> HttpCentral:
    return HttpCentral(address, Signer(team_id, device, KEYS[device][0]))


def change(op_no: int, value: Value, prev: str = "", *, device: str = "d1", before: Value = None) -> Change:
    author = factories.nurse(device).id
    made = Change("t", device, "answer", "r", "p", {"words": value}, {"words": before}, SyncPosition(), author, "now")
    return made.numbered(op_no, prev)


def ask(
    *changes: Change | bytes, device: str = "d1", first: int = 1, cursor: SyncPosition | None = None
) -> SyncRequest:
    texts = tuple(one if isinstance(one, bytes) else one.text.encode() for one in changes)
    return SyncRequest("t", device, cursor or SyncPosition(), "", first, texts)


def value_of(reply: SyncReply) -> str:
    return reply.rows[0].values


def test_the_same_request_twice_is_taken_once(address: str) -> None:
    """A request that is sent again because its answer was lost is ingested once."""
    with asking(address) as central:
        first, again = central.sync(ask(change(1, "a"))), central.sync(ask(change(1, "a")))
    assert (first.ack, again.ack, again.total) == (1, 1, 1)
    assert value_of(again) == '{"words":"a"}'


def test_a_gap_in_the_numbers_is_not_taken(address: str) -> None:
    """A change whose predecessor is missing waits until the laptop sends that as well."""
    with asking(address) as central:
        reply = central.sync(ask(change(3, "c"), first=3))
    assert (reply.ack, reply.rows) == (0, ())


def test_a_laptop_put_back_to_an_older_state_is_told_so(address: str) -> None:
    """Other changes under the same numbers are refused, and nothing is taken."""
    with asking(address) as central:
        central.sync(ask(change(1, "a")))
        with pytest.raises(CentralRefused, match="older copy of the laptop"):
            central.sync(ask(change(1, "b")))


def test_the_same_field_from_two_laptops_keeps_both(address: str) -> None:
    """The later value stands beside the earlier one."""
    with asking(address) as one, asking(address, "d2") as two:
        one.sync(ask(change(1, "a")))
        reply = two.sync(ask(change(1, "b", device="d2"), device="d2"))
    assert (value_of(reply), reply.rows[0].conflicts) == ('{"words":"a"}', 1)
    assert '"b"' in reply.rows[0].origins


def bad_changes() -> dict[str, bytes]:
    good = change(2, "x", change(1, "a").hash)
    return {
        "no change at all": b'{"secret":1}',
        "a number": b"7",
        "another laptop's": change(2, "x", change(1, "a").hash, device="d2").text.encode(),
        "someone else's": good.text.replace("nurse-d1", "nurse-d2").encode(),
        "another number": good.text.replace('"op_no":2', '"op_no":9').encode(),
        "another person's": good.text.replace('"person_id":"p"', '"person_id":"q"').encode(),
        "another kind": good.text.replace('"answer"', '"goal"').encode(),
        "a record that cannot be": good.text.replace('"record_id":"r"', '"record_id":"r r"').encode(),
        "nothing changed": good.text.replace('{"words":"x"}', "{}").encode(),
        "a later form": good.text.replace('"shape":2', '"shape":3').encode(),
        "handed over to nobody": good.text.replace('"answer"', '"handover"').replace('"r"', '"h"').encode(),
    }


@pytest.mark.parametrize("name", bad_changes())
def test_one_bad_change_never_fails_its_batch(name: str, address: str) -> None:
    """It is kept aside with a reason that repeats nothing of it, and what follows it is taken."""
    one, bad = change(1, "a"), bad_changes()[name]
    readable = name not in {"no change at all", "a number", "a later form"}
    three = change(3, "c", wire.decode_change(bad).hash if readable else "unknown", before="a")
    with asking(address) as central:
        reply = central.sync(ask(one, bad, three))
        again = central.sync(ask(one, bad, three))
    assert (reply.ack, value_of(reply)) == (3, '{"words":"c"}')
    assert [refusal.op_no for refusal in reply.refused] == [2]
    assert "secret" not in reply.refused[0].why
    assert again.refused == reply.refused, "the answer that said so may have been lost"


def test_what_is_kept_aside_is_kept_word_for_word(address: str, storage: Storage) -> None:
    """A change central cannot read is there as it came, for somebody to look at."""
    with asking(address) as central:
        central.sync(ask(b'{"words":"of 2031"}'))
    (arrived,) = storage.read({"t"}, lambda repository: repository.quarantined("t", 10))
    assert (arrived.body, arrived.outcome) == ('{"words":"of 2031"}', "refused")


def test_only_the_laptops_own_key_lets_it_in(address: str) -> None:
    """A request signed by another key is refused with a sentence."""
    wrong = Signer("t", "d1", KEYS["d2"][0])
    with HttpCentral(address, wrong) as central, pytest.raises(CentralRefused, match="not signed"):
        central.sync(ask())


def test_a_laptop_central_does_not_know_is_told_what_to_do(address: str) -> None:
    """Somebody who never joined learns how to."""
    stranger = HttpCentral(address, Signer("t", "new", KEYS["d1"][0]))
    with stranger as central, pytest.raises(CentralRefused, match="joining code"):
        central.sync(SyncRequest("t", "new", SyncPosition(), "", 1, ()))


@pytest.mark.parametrize("named", [("t", "d1"), ("t", "spy"), ("other", "d1")])
def test_a_team_cannot_ask_for_another(named: tuple[str, str], address: str) -> None:
    """A laptop gets nothing of a team it is not in, whatever its request says."""
    with asking(address, "spy", "other") as central, pytest.raises(CentralRefused):
        central.sync(SyncRequest(*named, SyncPosition(), "", 1, ()))
    with asking(address, "spy", "t") as central, pytest.raises(CentralRefused):
        central.sync(SyncRequest(*named, SyncPosition(), "", 1, ()))


class _Recorder(HttpCentral):
    """Remembers what it sent."""

    sent: tuple[Message, bytes]

    def _send(self, message: Message, body: bytes) -> _Answer:
        self.sent = message, body
        return super()._send(message, body)


def again(message: Message, body: bytes, **headers: str) -> httpx2.Response:
    return httpx2.post(message.url, content=body, headers={**message.headers, **headers}, trust_env=False)


def test_a_request_that_somebody_recorded_is_not_answered_again(address: str) -> None:
    """Sent a second time by whomever, the very same request gets nothing."""
    with _Recorder(address, Signer("t", "d1", KEYS["d1"][0])) as central:
        central.sync(ask())
        answer = again(*central.sent)
    assert (answer.status_code, answer.json()["again"]) == (409, True)
    assert "came before" in answer.json()["detail"]


def test_a_request_that_somebody_changed_is_refused(address: str) -> None:
    """The signature covers the body, the address and what sort of body it is."""
    with _Recorder(address, Signer("t", "d1", KEYS["d1"][0])) as central:
        central.sync(ask())
        message, body = central.sent
    changed = wire.encode_request(ask(change(1, "forged")))
    moved = Message(message.method, f"{message.url}?more=1", message.headers)
    answers = [again(message, changed), again(moved, body), again(message, body, **{"Content-Type": "text/plain"})]
    assert [answer.status_code for answer in answers] == [401, 401, 401]


@pytest.mark.parametrize("days", [3, -2])
def test_a_wrong_clock_is_named_and_the_exchange_goes_on(days: int, address: str) -> None:
    """A laptop whose clock is days off exchanges all the same, and knows by how much it is off."""
    signer = Signer("t", "d1", KEYS["d1"][0])
    with HttpCentral(address, signer, lambda: time.time() + days * 86_400) as central:
        assert central.sync(ask(change(1, "a"))).ack == 1
        assert round(central.ahead / 86_400) == days


def test_a_laptop_whose_access_ended_gets_nothing_and_is_told_so(address: str, storage: Storage) -> None:
    """What it still had is kept aside for its team lead; it learns why, and gets no record."""
    with asking(address, "d2") as two:
        two.sync(ask(change(1, "a", device="d2"), device="d2"))
    build_central(storage, factories.KEY).devices.revoke("t", "d1")
    with asking(address) as central, pytest.raises(CentralRefused, match="ended") as caught:
        central.sync(ask(change(1, "unsent work")))
    assert "unsent" not in caught.value.sentence
    (arrived,) = storage.read({"t"}, lambda repository: repository.quarantined("t", 10))
    assert "unsent work" in arrived.body
    with asking(address) as central, pytest.raises(CentralRefused, match="ended"):
        central.sync(ask())


def test_an_order_reaches_the_laptop_signed_until_it_is_confirmed(address: str, storage: Storage) -> None:
    """A locked laptop is told so with central's signature; released and confirmed, it exchanges again."""
    access = build_central(storage, factories.KEY).devices
    access.send_command("t", "d1", "lock")
    with asking(address) as central:
        with pytest.raises(DeviceBlocked, match="locked") as caught:
            central.sync(ask())
        (order,) = caught.value.orders
        assert order.what == "lock"
        assert verify_bytes(factories.SIGNS, order.words("t", "d1"), order.signature)
        assert not verify_bytes(factories.SIGNS, order.words("t", "d2"), order.signature)
        access.send_command("t", "d1", "release")
        reply = central.sync(ask())
        assert [found.what for found in reply.orders] == ["lock", "release"]
        done = tuple(found.order_id for found in reply.orders)
        assert central.sync(SyncRequest("t", "d1", SyncPosition(), "", 1, (), completed_commands=done)).orders == ()


def test_a_lease_says_how_long_the_laptop_may_be_without_central(address: str) -> None:
    """It is signed for this laptop alone."""
    with asking(address) as central:
        lease = central.sync(ask()).lease
    assert lease
    assert verify_bytes(factories.SIGNS, lease.words("t", "d1"), lease.signature)
    assert not verify_bytes(factories.SIGNS, lease.words("t", "d2"), lease.signature)


def test_a_code_lets_one_laptop_in_once(address: str, storage: Storage) -> None:
    """The same laptop may ask again, for the answer may have been lost; another one may not."""
    factories.invite(storage, "t", ("new", factories.nurse("new")))
    private, public = signing.new_key()
    other_private, other_public = signing.new_key()
    with HttpCentral(address, Signer("t", "new", private)) as central:
        central.enrol(Enrolment("t", "new", public, "new", "label"))
        central.enrol(Enrolment("t", "new", public, "new", "label"))
        assert central.sync(SyncRequest("t", "new", SyncPosition(), "", 1, ())).ack == 0
    with HttpCentral(address, Signer("t", "new", other_private)) as thief:
        with pytest.raises(CentralRefused, match="not good any more"):
            thief.enrol(Enrolment("t", "new", other_public, "new", "label"))
        with pytest.raises(CentralRefused, match="not good any more"):
            thief.enrol(Enrolment("t", "new", other_public, "guessed", "label"))


def test_joining_needs_the_key_that_joins(address: str, storage: Storage) -> None:
    """Nobody can join with somebody else's public key."""
    factories.invite(storage, "t", ("new", factories.nurse("new")))
    thief = HttpCentral(address, Signer("t", "new", signing.new_key()[0]))
    with thief as central, pytest.raises(CentralRefused, match="not signed"):
        central.enrol(Enrolment("t", "new", signing.new_key()[1], "new", "label"))


@pytest.mark.parametrize("path", ["/v1/sync", "/v1/enrol"])
@pytest.mark.parametrize("body", [b"", b"{", b"x" * 100, b'{"team_id":"t"}', b"\x28\xb5\x2f\xfd", b"[" * 10_000])
def test_bad_bodies_get_a_sentence_and_never_a_5xx(path: str, body: bytes, address: str) -> None:
    """Nonsense is the sender's mistake, said as problem+json, signed or not."""
    message = Message("POST", address + path, {"Content-Type": wire.TYPE})
    plain = httpx2.post(message.url, content=body, trust_env=False)
    Signer("t", "d1", KEYS["d1"][0]).sign(message, body, int(time.time()))
    signed = again(message, body)
    for answer in (plain, signed):
        assert 400 <= answer.status_code < 500
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]


@pytest.mark.parametrize(("method", "path"), [("GET", "/v1/sync"), ("POST", "/"), ("GET", "/nothing")])
def test_what_is_not_there_says_so(method: str, path: str, address: str) -> None:
    """A wrong address or way of asking gets problem+json too."""
    answer = httpx2.request(method, address + path, trust_env=False)
    assert answer.status_code in {404, 405}
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_request_longer_than_any_is_not_read_to_its_end(address: str) -> None:
    """Whoever sends too much is told so."""
    answer = httpx2.post(f"{address}/v1/sync", content=b"x" * (wire.LONGEST_REQUEST + 1), trust_env=False)
    assert answer.status_code == 413
