"""Use cases about one person and the caseload."""
