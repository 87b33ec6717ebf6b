"""`marac match` shows what the product's own matcher shows, for people it has never seen."""

import json
import random
import subprocess
import sys
from pathlib import Path

from tests.matching.product import finder
from tests.matching.world import build


def test_the_command_answers_as_the_product_does(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(10**9)
    sys.stdout.write(f"seed {seed}\n")
    world = build(800, 120, seed)
    register = tmp_path / "people.jsonl"
    register.write_text("".join(f"{json.dumps(record.line())}\n" for record in world.records))
    queries = [question.query for question in world.questions]
    typed = "".join(f"{json.dumps(query.line())}\n" for query in queries)
    command = [sys.executable, "-m", "app.cli", "match", "--register", str(register)]
    answer = subprocess.run(
        command, input=typed, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert answer.returncode == 0, answer.stderr
    told = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [line["query_id"] for line in told] == [query.query_id for query in queries]
    find = finder(world.records)
    assert [[one["id"] for one in line["candidates"]] for line in told] == [find(query) for query in queries]
    assert all(one["reasons"] and 0 <= one["score"] <= 1 for line in told for one in line["candidates"])
