"""How somebody may be reached, and who may not know."""
