"""Use cases of the plan: what it lacks, agreeing it, its versions."""
