"""Use cases of the exchange with central: over the network or by USB stick, the outbox, the device lock."""
