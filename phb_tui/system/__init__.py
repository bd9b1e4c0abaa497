"""The operating system: processes, files, locks and the terminal. Every platform branch of the program is here."""
