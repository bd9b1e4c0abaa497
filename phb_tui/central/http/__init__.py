"""HTTP building blocks: limits, middleware, problem details, logs and metrics."""
