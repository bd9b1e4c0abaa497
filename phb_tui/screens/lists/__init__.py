"""Lists and rows from which a line is chosen; the line that has the focus begins with a mark."""
