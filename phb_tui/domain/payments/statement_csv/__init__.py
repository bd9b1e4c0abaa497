"""Reads a bank statement or a card's export that was saved as CSV, whatever bank it comes from; nothing here raises."""
