"""Unlocking in a process of its own that ends at once.

The app never holds the passphrase's derivation, the data key or the code that makes them: it is given the one key that
opens the database. It also saves the app the memory of a cryptography library it needs only once.
"""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from phb_tui import errors

MODULE = "phb_tui.keys"
PATIENCE = 300.0
"""Seconds; a laptop that needs longer for one passphrase has stopped working."""
_KINDS = {kind.__name__: kind for kind in (errors.WrongPassphrase, errors.KeyFileProblem, errors.KeyProblem)}


@dataclass(frozen=True, slots=True)
class DatabaseKey:
    """What opens the database.

    Attributes:
        store_id: The store the key file belongs to.
        key: The 32-byte database key; whoever has it zeroes it after use.
    """

    store_id: str
    key: bytearray = field(repr=False)


def unlock(folder: Path, passphrase: str) -> DatabaseKey:
    """The database key of the store in a folder.

    Raises:
        WrongPassphrase, KeyFileProblem, KeyProblem: Each with a sentence.
    """
    # -P: nothing that happens to lie in the present folder is imported in place of ours.
    command = [sys.executable, "-P", "-m", MODULE, str(folder)]
    try:
        # A session of its own: Ctrl+C and hanging up are the app's business.
        done = subprocess.run(
            command,
            input=passphrase.encode(),
            capture_output=True,
            check=False,
            start_new_session=True,
            timeout=PATIENCE,
        )
        answer = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise errors.KeyProblem("The passphrase could not be checked. Close phb-tui and start it again.") from error
    if "problem" in answer:
        raise _KINDS.get(answer["problem"], errors.KeyProblem)(answer["sentence"])
    return DatabaseKey(answer["store_id"], bytearray.fromhex(answer["key"]))


def main(folder: Path, passphrase: str) -> str:
    """What the process of its own says, as JSON."""
    from phb_tui.keys import keyring  # noqa: PLC0415 - the app must not load the cryptography

    try:
        ring = keyring.unlock(folder, passphrase)
    except errors.KeyProblem as error:
        kind = next(name for name, kind in _KINDS.items() if isinstance(error, kind))
        return json.dumps({"problem": kind, "sentence": error.sentence})
    key = ring.database_key()
    said = json.dumps({"store_id": ring.store_id, "key": key.hex()})
    key[:] = bytes(len(key))
    ring.wipe()
    return said
