"""Completed checklists: answers, results, and the same answers scored again."""
