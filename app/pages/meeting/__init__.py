"""Meetings, turns, promises, their papers, and what advocates do."""
