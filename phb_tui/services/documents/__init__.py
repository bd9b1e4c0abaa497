"""The plan as a document to keep."""
