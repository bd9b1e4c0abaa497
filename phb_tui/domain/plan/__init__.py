"""Rules of the plan: completeness, follow-up tasks, snapshots, review dates."""
