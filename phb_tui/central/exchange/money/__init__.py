"""What central asks of requests, decisions and payments before it takes them, and how it writes a panel's decision."""
