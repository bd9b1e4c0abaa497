"""Use cases before the caseload: enrolment, unlocking, the last place."""
