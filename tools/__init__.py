"""What writes files of this repository from its content; nothing here is installed."""
