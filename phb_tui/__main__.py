"""`python -m phb_tui` is `phb-tui`."""

from phb_tui.cli import main

main()
