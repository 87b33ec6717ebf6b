"""Log lines hold what is on the list and nothing else."""

import json
import logging
import sys

from app.logs import JsonLine


def line(name: str, message: str, *arguments: object, error: Exception | None = None) -> dict[str, str]:
    trouble = None
    if error:
        try:
            raise error
        except Exception:
            trouble = sys.exc_info()
    record = logging.LogRecord(name, logging.WARNING, "file.py", 1, message, arguments, trouble)
    record.canary = "canary"
    written: dict[str, str] = json.loads(JsonLine().format(record))
    assert set(written) <= {"at", "level", "logger", "event", "error"}
    return written


def test_our_own_lines_are_said_in_full() -> None:
    assert line("app.requests", "%s %s", "GET", "/cases/{reference}")["event"] == "GET /cases/{reference}"


def test_what_other_libraries_would_fill_in_is_left_out() -> None:
    written = line("procrastinate.worker", "Starting job %s", "canary(name='canary')")
    assert written["event"] == "Starting job %s"


def test_an_error_is_named_without_its_words() -> None:
    written = line("uvicorn.error", "Exception in ASGI application", error=ValueError("canary"))
    assert written["error"] == "ValueError"
    assert "canary" not in json.dumps(written)
