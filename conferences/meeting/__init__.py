"""The meeting: its agenda, its papers, and what was promised there."""
