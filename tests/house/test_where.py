"""The table of fictional cases and bad input names tests that are there."""

import re
import tomllib
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
TABLE = tomllib.loads((TESTS / "journeys" / "where.toml").read_text())


def test_every_story_and_every_bad_input_names_a_test_that_is_there() -> None:
    assert (len(TABLE["cases"]), len(TABLE["fixtures"]), len(TABLE["bad_input"])) == (6, 14, 14)
    for about, where in [pair for table in TABLE.values() for pair in table.items()]:
        if isinstance(where, str):
            assert where.endswith("."), about
            continue
        assert where, about
        for path, _, name in (one.partition("::") for one in where):
            body = (TESTS / path).read_text()
            assert not name or re.search(rf"^def {name}\(", body, re.M), (about, path, name)
