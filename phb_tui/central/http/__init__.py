"""HTTP building blocks: rate limits, middleware, problem details, logs and metrics."""
