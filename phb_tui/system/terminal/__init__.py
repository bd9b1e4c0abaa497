"""Terminal drivers: decoding and parsing of input, and the terminal's modes."""
