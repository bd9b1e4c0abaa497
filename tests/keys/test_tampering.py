import base64
from pathlib import Path
from typing import Any

import pytest

from phb_tui.errors import KeyFileProblem, KeyProblem
from phb_tui.keys import key_wrapping, keyring
from phb_tui.keys.keyfile import Binding
from phb_tui.keys.passphrase import FLOOR
from tests.keys.tampered_keyfiles import NOW, PHRASE, Change, Document, both, forged, put, resigned

OTHER_UUID = "11111111-2222-4333-8444-555555555555"
FUTURE = {"id": "aaaaaaaaaaaa", "type": "fido2-prf", "cred": {"list": [1, None, True, "é"]}}


def flipped(text: str) -> str:
    data = bytearray(base64.b64decode(text))
    data[0] ^= 1
    return base64.b64encode(data).decode()


def flip(owner: dict[str, Any], name: str) -> None:
    owner[name] = flipped(owner[name])


def slot(document: Document) -> dict[str, Any]:
    found: dict[str, Any] = document["slots"][0]
    return found


TAMPERINGS: dict[str, Change] = {
    "fmt": lambda d: d.update(fmt="phb-key"),
    "v": lambda d: d.update(v=2),
    "store_id": lambda d: d.update(store_id=OTHER_UUID),
    "epoch": lambda d: d.update(epoch=2),
    "gen up": lambda d: d.update(gen=2),
    "cipher": lambda d: d.update(cipher="sqlcipher3-raw"),
    "policy": lambda d: d.update(policy={"lock_minutes": 999}),
    "policy left out": lambda d: d.pop("policy"),
    "extra field": lambda d: d.update(extra=1),
    "mac": lambda d: flip(d, "mac"),
    "mac left out": lambda d: d.pop("mac"),
    "no slots": lambda d: d.update(slots=[]),
    "slot twice": lambda d: d["slots"].append({**slot(d), "id": "0" * 12}),
    "future slot added": lambda d: d["slots"].append(FUTURE),
    "slot id": lambda d: slot(d).update(id="0" * 12),
    "slot type": lambda d: slot(d).update(type="org-recovery"),
    "slot user": lambda d: slot(d).update(user=OTHER_UUID),
    "slot pepper": lambda d: slot(d).update(pepper="keychain"),
    "slot commit": lambda d: flip(slot(d), "commit"),
    "slot created": lambda d: slot(d).update(created=NOW + 1),
    "slot extra": lambda d: slot(d).update(hint="x"),
    "kdf alg": lambda d: slot(d)["kdf"].update(alg="argon2i"),
    "kdf version": lambda d: slot(d)["kdf"].update(v=16),
    "kdf memory": lambda d: slot(d)["kdf"].update(m_kib=65537),
    "kdf passes": lambda d: slot(d)["kdf"].update(t=4),
    "kdf lanes": lambda d: slot(d)["kdf"].update(p=3),
    "kdf salt": lambda d: flip(slot(d)["kdf"], "salt"),
    "wrap alg": lambda d: slot(d)["wrap"].update(alg="A256GCMSIV"),
    "wrap nonce": lambda d: flip(slot(d)["wrap"], "nonce"),
    "wrap ct": lambda d: flip(slot(d)["wrap"], "ct"),
}


@pytest.mark.parametrize("change", TAMPERINGS.values(), ids=TAMPERINGS)
def test_every_single_change_is_rejected(folder: Path, original: bytes, change: Change) -> None:
    """No field of both copies can be changed, with the checksum put right, without the store refusing to open."""
    changed = forged(original, change)
    put(folder, changed)
    with pytest.raises(KeyProblem):
        keyring.unlock(folder, PHRASE)
    assert both(folder) == [changed, changed]


DOWNGRADES: dict[str, Change] = {
    "memory below": lambda d: slot(d)["kdf"].update(m_kib=65535),
    "memory tiny": lambda d: slot(d)["kdf"].update(m_kib=32),
    "memory above": lambda d: slot(d)["kdf"].update(m_kib=1048577),
    "passes below": lambda d: slot(d)["kdf"].update(t=1),
    "passes above": lambda d: slot(d)["kdf"].update(t=11),
    "lanes below": lambda d: slot(d)["kdf"].update(p=0),
    "lanes above": lambda d: slot(d)["kdf"].update(p=17),
}


@pytest.mark.parametrize("change", DOWNGRADES.values(), ids=DOWNGRADES)
def test_work_outside_the_limits_is_refused_before_it_starts(
    folder: Path, original: bytes, change: Change, no_work: None
) -> None:
    """A file that asks for too little or too much work is refused without a single pass, even if signed."""
    put(folder, forged(original, change))
    with pytest.raises(KeyFileProblem):
        keyring.unlock(folder, PHRASE)


def test_an_unknown_slot_type_is_skipped(folder: Path, original: bytes) -> None:
    """A signed slot of a type this version does not know is skipped at unlock."""
    put(folder, resigned(original, lambda d: d["slots"].insert(0, FUTURE)))
    assert keyring.unlock(folder, PHRASE).gen == 1


def test_an_unknown_slot_survives_a_repair(folder: Path, original: bytes) -> None:
    """Repairing the other copy keeps a slot this version does not know, byte for byte."""
    future = resigned(original, lambda d: d["slots"].append(FUTURE))
    put(folder, b"torn", future)
    keyring.unlock(folder, PHRASE)
    assert both(folder) == [future, future]


def test_an_unknown_slot_is_covered_by_the_mac(folder: Path, original: bytes) -> None:
    """Changing one letter inside an unknown slot is noticed."""
    future = resigned(original, lambda d: d["slots"].append(FUTURE))
    put(folder, forged(future, lambda d: d["slots"][1]["cred"].update(list=[])))
    with pytest.raises(KeyFileProblem, match="changed by something other"):
        keyring.unlock(folder, PHRASE)


def test_a_rogue_slot_is_caught(folder: Path, original: bytes) -> None:
    """A slot slipped in with another passphrase and another key is caught by the MAC from either side."""
    theirs = "somebody else was here"
    document = forged(original, lambda d: d["slots"].append(_rogue(d, theirs)))
    put(folder, document)
    for typed in (PHRASE, theirs):
        with pytest.raises(KeyFileProblem, match="changed by something other"):
            keyring.unlock(folder, typed)


def _rogue(document: Document, passphrase: str) -> object:
    binding = Binding(document["store_id"], 1, "f" * 12, "intruder", FLOOR, b"r" * 16)
    return key_wrapping.wrap(bytearray(b"k" * 32), passphrase, binding, NOW).document()
