"""Keys of the store: key derivation from the passphrase, key wrapping and the key file."""
