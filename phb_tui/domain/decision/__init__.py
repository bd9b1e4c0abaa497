"""Who may decide what, by when somebody is answered, and why a decision does not hold."""
