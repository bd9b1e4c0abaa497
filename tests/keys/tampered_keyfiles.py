"""What an attacker with an editor can do: change a key file and put its checksum right again."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from phb_tui.keys import key_wrapping
from phb_tui.keys.keyfile import canonical, encode, parse
from phb_tui.keys.keyring import COPIES

PHRASE = "velvet otter Zoë picnic"
USER = "5f0c1f0e-2c7e-4b57-9a57-0d4a3c7c9b11"
NOW = 1_795_300_000

Document = dict[str, Any]
Change = Callable[[Document], object]


def framed(line: bytes) -> bytes:
    """Any line with a right checksum."""
    return line + b"\n#" + hashlib.sha256(line).hexdigest().encode() + b"\n"


def forged(data: bytes, change: Change) -> bytes:
    """A key file changed in place, its checksum right and its MAC as it was."""
    document = json.loads(data.split(b"\n")[0])
    change(document)
    return framed(canonical(document))


def resigned(data: bytes, change: Change) -> bytes:
    """A key file changed and signed again, as a version of phb-tui that knows the passphrase would."""
    file = parse(data)
    dek, _ = key_wrapping.unwrap_file(file, PHRASE)
    document = json.loads(data.split(b"\n")[0])
    change(document)
    unsigned = {name: value for name, value in document.items() if name != "mac"}
    return encode(unsigned, key_wrapping.mac(dek, unsigned, file.store_id, file.epoch))


def put(folder: Path, *copies: bytes) -> None:
    """Write the two copies; one given stands for both."""
    for name, data in zip(COPIES, copies * (2 // len(copies)), strict=True):
        (folder / name).write_bytes(data)


def listed(folder: Path) -> list[str]:
    """The names of everything in a folder."""
    return sorted(path.name for path in folder.iterdir())


def both(folder: Path) -> list[bytes]:
    """The two copies as they are on disk."""
    return [(folder / name).read_bytes() for name in COPIES]
