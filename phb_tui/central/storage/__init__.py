"""Central's databases: engines, queries, migrations, repositories, audit log, backup."""
