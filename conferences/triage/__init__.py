"""The queue and every decision about it."""
