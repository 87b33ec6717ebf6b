"""Words and tags for what the domain knows only as codes."""
