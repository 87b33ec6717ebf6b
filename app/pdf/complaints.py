"""What the drawing engine grumbles about, kept out of the logs because it can quote the document."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

ENGINE: Final = logging.getLogger("weasyprint")


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collect the warnings and errors of the one document drawn inside, and pass none of them on."""
    listener, before = _Listener(), ENGINE.propagate
    ENGINE.propagate = False
    ENGINE.addHandler(listener)
    try:
        yield listener.heard
    finally:
        ENGINE.removeHandler(listener)
        ENGINE.propagate = before
