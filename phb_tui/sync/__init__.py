"""The exchange between a laptop and central: changes up, state down, one round trip."""
