"""The exchange with laptops: validation and ingest of changes, replies, bundles, transfers between teams."""
