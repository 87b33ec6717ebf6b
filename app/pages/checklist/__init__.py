"""The questions, one by one or from paper, and the checklists themselves."""
