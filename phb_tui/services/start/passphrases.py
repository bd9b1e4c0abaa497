"""Strength check of passphrases, for the set-up screen."""

from phb_tui.keys.passphrase import check_strength, suggest

__all__ = ["check_strength", "suggest"]
