"""Papers to keep: a document as data, and the same document as HTML, PDF and plain text."""
