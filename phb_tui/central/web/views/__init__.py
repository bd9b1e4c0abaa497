"""Views: each gathers the values of a page and renders its template; no page has a script."""
