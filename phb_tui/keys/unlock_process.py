"""Derives the database key in a short-lived subprocess, so that the app never holds the data key.

The app gets the database key only. This also saves it the memory of a cryptography library that it needs only once.
"""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from phb_tui import errors

MODULE = "phb_tui.keys"
PATIENCE = 300.0
"""The subprocess's timeout, in seconds."""
_KINDS = {kind.__name__: kind for kind in (errors.WrongPassphrase, errors.KeyFileProblem, errors.KeyProblem)}


@dataclass(frozen=True, slots=True)
class DatabaseKey:
    """The key of the encrypted database.

    Attributes:
        store_id: The store that the key file belongs to.
        key: The 32-byte database key; the caller wipes it after use.
    """

    store_id: str
    key: bytearray = field(repr=False)


def unlock(folder: Path, passphrase: str) -> DatabaseKey:
    """Derive the database key of the store in a folder, in a subprocess.

    Raises:
        WrongPassphrase, KeyFileProblem, KeyProblem: Each with a sentence.
    """
    # -P: no module in the current folder is imported in place of ours.
    command = [sys.executable, "-P", "-m", MODULE, str(folder)]
    try:
        # A session of its own: Ctrl+C and SIGHUP are handled by the app.
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
    """The subprocess: derives the database key; returns it, or the error, as JSON for its standard output."""
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
