import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.errors import KeyFileProblem
from phb_tui.keys.keyfile import MAX_BYTES, Json, NewerKeyFile, canonical, parse
from tests.keys.tampered_keyfiles import Change, forged, framed

values: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(values)
def test_canonical_json_round_trips(value: Json) -> None:
    """Reading canonical JSON and writing it again gives the same value and the same bytes."""
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.integers()))
def test_canonical_json_ignores_order(value: dict[str, int]) -> None:
    """The order in which fields were set does not show."""
    assert canonical(dict(value)) == canonical(dict(reversed(value.items())))


def test_a_file_reads_back_as_written(original: bytes) -> None:
    """The parsed document is the written line, byte for byte."""
    assert framed(canonical(parse(original).document)) == original


@given(st.binary(max_size=300))
def test_rubbish_is_a_key_file_problem(data: bytes) -> None:
    """Any bytes at all, checksum right or wrong, end in a sentence and never in another error."""
    for copy in (data, framed(data)):
        with pytest.raises(KeyFileProblem):
            parse(copy)


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 60_000,
        b'{"fmt":"phb-keys","fmt":"phb-keys"}',
        b'{"fmt": "phb-keys"}',
        b'{"fmt":1.5}',
        b'{"fmt":NaN}',
        b'{"fmt":"\\ud800"}',
        b'{"fmt":"\xff"}',
        b'{"fmt":' + b"9" * 5_000 + b"}",
        b"null",
        b"[]",
    ],
)
def test_json_two_readers_could_read_differently_is_refused(line: bytes) -> None:
    """Repeated names, spaces, fractions, lone surrogates and bottomless nesting are all damage."""
    with pytest.raises(KeyFileProblem):
        parse(framed(line))


def test_every_truncation_is_noticed(original: bytes) -> None:
    """A file torn at any byte is not taken for a whole one."""
    for end in range(len(original)):
        with pytest.raises(KeyFileProblem):
            parse(original[:end])


def test_every_changed_byte_is_noticed(original: bytes) -> None:
    """A single wrong byte anywhere fails the checksum or the frame."""
    for at in range(len(original)):
        with pytest.raises(KeyFileProblem):
            parse(original[:at] + bytes([original[at] ^ 1]) + original[at + 1 :])


def test_more_than_64_kib_are_refused(original: bytes) -> None:
    """A file over 64 KiB is refused even when it is otherwise right."""

    def grow(document: dict[str, list[dict[str, str]]]) -> None:
        document["slots"].append({"id": "0" * 12, "type": "future", "pad": "x" * MAX_BYTES})

    with pytest.raises(KeyFileProblem, match="damaged"):
        parse(forged(original, grow))


WRONG_TYPES: dict[str, Change] = {
    "epoch is true": lambda d: d.update(epoch=True),
    "epoch is text": lambda d: d.update(epoch="1"),
    "epoch is zero": lambda d: d.update(epoch=0),
    "gen is huge": lambda d: d.update(gen=2**53),
    "gen is negative": lambda d: d.update(gen=-1),
    "gen is missing": lambda d: d.pop("gen"),
    "store_id is a number": lambda d: d.update(store_id=7),
    "store_id is not a uuid": lambda d: d.update(store_id="../../etc"),
    "store_id is upper case": lambda d: d.update(store_id=d["store_id"].upper()),
    "store_id is not random": lambda d: d.update(store_id="12345678-1234-1234-8234-123456789abc"),
    "slots is an object": lambda d: d.update(slots={}),
    "slots is empty": lambda d: d.update(slots=[]),
    "slots are too many": lambda d: d.update(slots=d["slots"] + [{"id": f"{n:012}", "type": "x"} for n in range(32)]),
    "slot is text": lambda d: d.update(slots=["x"]),
    "slot id is given twice": lambda d: d["slots"].append({"id": d["slots"][0]["id"], "type": "future"}),
    "slot id is long": lambda d: d["slots"][0].update(id="0" * 13),
    "slot type is missing": lambda d: d["slots"][0].pop("type"),
    "passphrase slots are too many": lambda d: d.update(slots=[{**d["slots"][0], "id": f"{n:012}"} for n in range(5)]),
    "user is empty": lambda d: d["slots"][0].update(user=""),
    "user is a list": lambda d: d["slots"][0].update(user=[]),
    "user is long": lambda d: d["slots"][0].update(user="x" * 201),
    "kdf is missing": lambda d: d["slots"][0].pop("kdf"),
    "kdf is null": lambda d: d["slots"][0].update(kdf=None),
    "salt is short": lambda d: d["slots"][0]["kdf"].update(salt="AAAA"),
    "salt is not base64": lambda d: d["slots"][0]["kdf"].update(salt="é" * 24),
    "salt has spare bits": lambda d: d["slots"][0]["kdf"].update(salt="A" * 21 + "B=="),
    "m_kib is text": lambda d: d["slots"][0]["kdf"].update(m_kib="65536"),
    "nonce is short": lambda d: d["slots"][0]["wrap"].update(nonce="AAAA"),
    "ct is null": lambda d: d["slots"][0]["wrap"].update(ct=None),
    "created is text": lambda d: d["slots"][0].update(created="today"),
    "created is negative": lambda d: d["slots"][0].update(created=-1),
    "mac is short": lambda d: d.update(mac="AAAA"),
    "fmt is another": lambda d: d.update(fmt="hv-keys"),
}


@pytest.mark.parametrize("change", WRONG_TYPES.values(), ids=WRONG_TYPES)
def test_a_field_of_the_wrong_kind_is_damage(original: bytes, change: Change) -> None:
    """Every field is checked for type, length and range before anything is done with it."""
    with pytest.raises(KeyFileProblem, match="damaged"):
        parse(forged(original, change))


NEWER: dict[str, Change] = {
    "v": lambda d: d.update(v=2),
    "cipher": lambda d: d.update(cipher="sqlcipher5-raw"),
    "policy": lambda d: d.update(policy={"doc": "x", "sig": "y"}),
    "field": lambda d: d.update(lease="x"),
    "slot field": lambda d: d["slots"][0].update(hint="x"),
    "pepper": lambda d: d["slots"][0].update(pepper="dpapi"),
    "kdf alg": lambda d: d["slots"][0]["kdf"].update(alg="argon3"),
    "kdf version": lambda d: d["slots"][0]["kdf"].update(v=20),
    "kdf field": lambda d: d["slots"][0]["kdf"].update(lanes=2),
    "wrap alg": lambda d: d["slots"][0]["wrap"].update(alg="A256GCMSIV"),
    "no passphrase": lambda d: d["slots"][0].update(type="fido2"),
}


@pytest.mark.parametrize("change", NEWER.values(), ids=NEWER)
def test_what_a_newer_version_wrote_is_named_as_such(original: bytes, change: Change) -> None:
    """A whole file beyond version 1 asks for an update instead of calling itself damaged."""
    with pytest.raises(NewerKeyFile, match="Update phb-tui"):
        parse(forged(original, change))


def test_policy_may_be_left_out(original: bytes) -> None:
    """A file without a policy field is as good as one whose policy is null."""
    assert parse(forged(original, lambda d: d.pop("policy"))).gen == 1
