"""Reads the text of records and of the team's policy into exact values, and names what is wrong."""
