"""The store's key: how a passphrase becomes it, and the file that keeps it wrapped."""
