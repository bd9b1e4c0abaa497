"""Records and changes: merge, checksum, ids, limits, how they are coded as text."""
