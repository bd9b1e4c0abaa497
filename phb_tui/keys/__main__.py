"""`python -m phb_tui.keys FOLDER`: the passphrase on standard input, the database key on standard output."""

import sys
from pathlib import Path

from phb_tui.keys.unlock_process import main

sys.stdout.write(main(Path(sys.argv[1]), sys.stdin.buffer.read().decode()))
