"""What a file or an output says when it cannot be read or written; light, because `marac match` is."""

import os
import sys


def sentence(error: OSError) -> str:
    """Returns the file, where there is one, and what is wrong."""
    place = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
    return f"{place}: {error.strerror}" if place else str(error.strerror or "This cannot be done.")


def say_no_more() -> None:
    """Lets go of what waits to be said where it cannot be, such as a full disk."""
    if sys.stdout is sys.__stdout__:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
