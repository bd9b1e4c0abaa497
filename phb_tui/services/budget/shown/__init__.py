"""A worked-out budget as it is shown: rows, names of lines, totals while typing, and the working as a document."""
