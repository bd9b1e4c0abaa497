"""Domain rules: pure functions and small values without clock, file, network or framework."""
