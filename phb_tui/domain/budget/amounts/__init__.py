"""Figures as they are typed and kept, and whole pence: rounding, dividing, showing."""
