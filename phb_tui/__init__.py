"""Personal Health Budget home visits in a terminal: offline, encrypted, nothing lost."""

__version__ = "0.1.0"
