"""Finding people again: keys that tell nothing, the register of people, search."""
