"""The caseload: the index table of people, and its queries."""
