"""What stands round the middle of every screen: head, alerts, saved line and keys."""
