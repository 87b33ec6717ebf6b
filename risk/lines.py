"""Where in a definition file a key path stands: found by scanning the text."""

import re
from collections.abc import Sequence

HEADER = re.compile(r"^\s*\[\[?\s*([\w.-]+)\s*\]\]?\s*(#.*)?$")


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    """The line, from 1, of the deepest step of a key path that can be found; None when none can."""
    lines = text.splitlines()
    headers = [(at, found[1]) for at, line in enumerate(lines) if (found := HEADER.match(line))]
    best, first, end, table = None, 0, len(lines), ""
    for depth, step in enumerate(path):
        if isinstance(step, int):
            continue
        name = f"{table}.{step}" if table else step
        follows = path[depth + 1] if depth + 1 < len(path) else 0
        here = [at for at, header in headers if header == name and first <= at < end]
        if here:
            best = here[min(follows if isinstance(follows, int) else 0, len(here) - 1)]
            first, end = best, _end_of(headers, best, name, end)
        elif (hit := _key(lines, step, first, end)) is not None:
            best = first = hit
        table = name
    return None if best is None else best + 1


def _end_of(headers: list[tuple[int, str]], start: int, name: str, end: int) -> int:
    return next((at for at, header in headers if start < at < end and not header.startswith(f"{name}.")), end)


def _key(lines: list[str], key: str, first: int, end: int) -> int | None:
    written = re.compile(rf'(^|[\s{{,.])"?{re.escape(key)}"?\s*=')
    return next((at for at in range(first, end) if written.search(lines[at])), None)
