"""People: names, who is the same, how to reach them safely."""
