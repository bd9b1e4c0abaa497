"""Signing in: OIDC, session cookies, login links and roles."""
