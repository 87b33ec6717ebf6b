"""What the command line and the interface call: plain JSON objects in, plain JSON objects out."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from risk.context import day_of
from risk.errors import BadDefinition, RiskError, shown
from risk.explain import assess
from risk.instrument import Edition
from risk.loading import read_edition, read_norms, read_profile, read_toml
from risk.repeats import in_words
from risk.shelf import edition, editions, profiles
from risk.wording import read_wording

REQUEST_KEYS = ("instrument", "version", "profile", "answers", "context")
LONGEST_LINE = 4_000_000


def score_request(request: object, *, today: date) -> dict[str, Any]:
    """One request scored: the explanation as JSON, or an object with error naming the key at fault."""
    try:
        return _score(request, today)
    except RiskError as error:
        return {"error": str(error)}


def score_lines(lines: Iterable[str | bytes], *, today: date) -> Iterator[dict[str, Any]]:
    """One result for each line of JSON that is not blank; a bad line gives an error and the next is read."""
    for line in lines:
        if line.strip():
            yield score_line(line, today=today)


def score_line(line: str | bytes, *, today: date) -> dict[str, Any]:
    """One line of JSON scored, or an object with error."""
    # No character takes more than four bytes.
    if len(line) > (LONGEST_LINE if isinstance(line, str) else 4 * LONGEST_LINE):
        return {"error": f"request: is longer than {LONGEST_LINE} characters"}
    try:
        return score_request(read_json(line), today=today)
    except RiskError as error:
        return {"error": str(error)}


def read_json(sent: str | bytes) -> Any:
    """What a JSON text says; RiskError when it is not JSON, or one object has the same key more than once."""
    try:
        # A byte order mark is what some shells put before what they pass on.
        text = sent.decode("utf-8-sig") if isinstance(sent, bytes) else sent
        return json.loads(text, object_pairs_hook=_table, parse_constant=_no_number)
    except RiskError:
        raise
    except UnicodeDecodeError as error:
        raise RiskError("request: is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise RiskError("request: is not JSON") from error


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        twice, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise RiskError(f"request: {shown(twice)} is there more than once")
    return table


def _no_number(name: str) -> None:
    raise ValueError(name)


def list_instruments() -> list[dict[str, Any]]:
    """Every shipped edition with its status, sources, hash and the profiles that go with it."""
    return [_listed(one) for one in editions()]


def check_file(path: str | Path) -> list[str]:
    """What an author must put right in an edition, profile, norm table or wording file."""
    file = Path(path)
    try:
        _, raw = read_toml(file)
        bases = {one.name: one for one in editions()}
        if "base" in raw:
            read_profile(file, bases)
        elif "rows" in raw:
            read_norms(file)
        elif "instrument" in raw:
            read_wording(file, bases)
        else:
            read_edition(file)
    except BadDefinition as error:
        return [fault.sentence(error.file) for fault in error.faults]
    except RiskError as error:
        return [f"{file}: {error}"]
    return []


def _score(request: object, today: date) -> dict[str, Any]:
    if not isinstance(request, dict):
        raise RiskError("request: must be a JSON object")
    for key in request:
        if key not in REQUEST_KEYS:
            raise RiskError(f"request: {shown(key)} is not a key it can have")
    for key in ("instrument", "version", "profile"):
        if not isinstance(request.get(key), str | None) or (key == "instrument" and not request.get(key)):
            raise RiskError(f"{key}: must be a name in quotes, not {shown(request.get(key))}")
    for key in ("answers", "context"):
        if not isinstance(request.get(key, {}), dict | None) or (
            key == "answers" and request.get(key) is None
        ):
            raise RiskError(f"{key}: must be an object, not {shown(request.get(key))}")
    on = day_of(request.get("context") or {}, today)
    found = edition(request["instrument"], request.get("version"), on=on)
    result = assess(
        found, request["answers"], request.get("context"), profile=request.get("profile"), today=today
    )
    return result.model_dump(mode="json")


def _listed(one: Edition) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "version": one.version,
        "title": one.title,
        "owner": one.owner,
        "status": one.status,
        "summary": one.summary,
        "method": one.method,
        "items": len(one.items),
        "licence": one.licence.wording,
        "default_profile": one.default_profile,
        "profiles": [
            {
                "slug": local.slug,
                "version": local.version,
                "status": local.status,
                "hash": local.definition_hash,
            }
            for local in profiles()
            if local.base == one.name
        ],
        "sources": [source.title for source in one.sources],
        "unverified": list(one.unverified),
        "limits": list(one.rules.limits),
        "checked_on": in_words(one.checked_on),
        "definition_hash": one.definition_hash,
    }
