"""Logs: one JSON object per line, and only what is on the list, so that no line can name a person."""

import logging
import sys
from typing import Any

import structlog

ALLOWED = frozenset({"at", "level", "logger", "event", "error"})
# Our own lines hold route patterns, statuses and kinds of error; other libraries' may hold anything.
OURS = ("app", "conferences", "risk", "migrations")


def only_allowed(_logger: Any, _method: str, line: dict[str, Any]) -> dict[str, Any]:
    """Drops every key that is not on the list."""
    return {key: value for key, value in line.items() if key in ALLOWED}


class JsonLine(logging.Formatter):
    """Writes a standard log record as one line, with of other libraries only what they say first."""

    _render = structlog.processors.JSONRenderer(sort_keys=True)
    _stamp = structlog.processors.TimeStamper(fmt="iso", utc=True, key="at")

    def format(self, record: logging.LogRecord) -> str:
        """Returns the line; an exception is named by its kind, never by its words or its trace."""
        ours = record.name.partition(".")[0] in OURS
        line: dict[str, Any] = {
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage() if ours else str(record.msg).partition("\n")[0],
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        stamped = dict(self._stamp(None, "", line))
        return str(self._render(None, "", only_allowed(None, "", stamped)))


def start(level: str) -> None:
    """Sends every logger through the one format to standard error; libraries speak only of trouble."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(level.upper())
