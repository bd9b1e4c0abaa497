"""The exchange: ingest of changes, answers, bundles, transfers between teams."""
