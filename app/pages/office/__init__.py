"""What somebody has to do, their account, colleagues, and lists brought in."""
