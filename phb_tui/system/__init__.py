"""The operating system: processes, files, locks, the terminal. Every platform branch is here."""
