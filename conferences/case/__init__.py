"""What is known of two people over time: repeats, risk, one case as its reader may see it."""
