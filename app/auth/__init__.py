"""Signing in: passwords, one-time codes, sessions, links, tokens."""
