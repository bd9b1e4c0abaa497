"""`python -m phb_tui.central` is `phb-central`."""

from phb_tui.central.cli import main

main()
