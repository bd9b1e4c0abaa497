"""The tokens that every screen is drawn with: colours by meaning, shapes with their fallbacks, and widths."""
