"""Who may not know: exclusions, restrictions, and what suggests them."""
