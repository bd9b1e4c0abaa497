"""How the figures of a budget are drawn: rows of what differs, bars of money, the days of a week."""
