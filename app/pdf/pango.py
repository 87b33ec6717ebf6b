"""Whether this machine has the text library that documents are drawn with."""

import sys
from functools import cache


class PangoMissing(Exception):
    """Documents cannot be drawn here; the message names the package to install."""


@cache
def pango_missing() -> str | None:
    """Say which package to install when Pango cannot be loaded; None when documents can be drawn."""
    try:
        import weasyprint  # noqa: F401 - loading it is the question
    except OSError:
        return f"Documents cannot be drawn because Pango is missing. {what_to_install(sys.platform)}"
    return None


def what_to_install(platform: str) -> str:
    """Name the command that brings Pango to a platform, as `sys.platform` names it."""
    if platform == "darwin":
        return "Install it with: brew install pango"
    if platform == "linux":
        return "Install it with: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    return "Install the GTK runtime, which brings Pango."
