"""marac match: a register and questions in, candidates out; a bad line is named and stops nothing."""

import json
import subprocess
import sys
from pathlib import Path

HELD = {"id": "p1", "name": "Shivaun ONeil", "dob": "1991-03-12", "phone": "07700 900123", "aliases": [],
        "former_names": [], "postcode": None, "address_line": None, "sex": "F"}  # fmt: skip
ASKED = {"query_id": "q1", "name": "Siobhán O'Neill", "aliases": [], "dob": "1991-12-03", "age": None,
         "phone": None, "postcode": None, "address_line": None, "sex": "F",
         "asked_on": "2026-11-23"}  # fmt: skip


def match(folder: Path, register: str, *questions: str) -> subprocess.CompletedProcess[str]:
    file = folder / "people.jsonl"
    file.write_text(register, "utf-8")
    command = [sys.executable, "-m", "app.cli", "match", "--register", str(file)]
    return subprocess.run(
        command, input="\n".join(questions), capture_output=True, text=True, check=False, encoding="utf-8"
    )


def test_it_writes_one_answer_for_each_question(tmp_path: Path) -> None:
    stranger = ASKED | {"query_id": "q2", "name": "Ruth Adeyemi"}
    done = match(tmp_path, json.dumps(HELD), json.dumps(ASKED), "", json.dumps(stranger))
    assert (done.returncode, done.stderr) == (0, "")
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["query_id"] == "q1"
    assert [one["id"] for one in first["candidates"]] == ["p1"]
    assert 0 < first["candidates"][0]["score"] <= 1
    assert "Day and month of birth swapped" in first["candidates"][0]["reasons"]
    assert second == {"query_id": "q2", "candidates": []}


def test_a_bad_question_is_answered_with_its_error_and_the_next_is_read(tmp_path: Path) -> None:
    bad = [
        "{", "[]", '{"name": "A"}', json.dumps(ASKED | {"dob": "1991-02-30"}),
        json.dumps(ASKED | {"name": 7}),
        json.dumps(ASKED | {"age": "old"}), json.dumps(ASKED | {"asked_on": "today"}),
        '{"query_id": "' + "x" * 70_000,
    ]  # fmt: skip
    done = match(tmp_path, json.dumps(HELD), *bad, json.dumps(ASKED))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer.get("error") for answer in answers] == [
        "line 1 is not JSON", "line 2 is not a JSON object", "line 3 has no query_id",
        "line 4 dob is not a date, a month or a year such as 1991-03-12, 1991-03 or 1991",
        "line 5 name is not text",
        "line 6 age is not a number of years", "line 7 asked_on is not a date such as 2026-11-23",
        "line 8 is longer than 65536 bytes", None,
    ]  # fmt: skip
    assert answers[-1]["candidates"]
    assert done.returncode == 0


def test_a_register_that_cannot_be_read_is_one_line_and_exit_code_one(tmp_path: Path) -> None:
    good = json.dumps(HELD)
    for register, said in (
        ("", "holds nobody"),
        ("\n\n", "holds nobody"),
        (f"{good}\nnonsense", "line 2 is not JSON"),
        (json.dumps(HELD | {"id": None}), "line 1 has no id"),
        (f"{good}\n{good}", "line 2 has the id of an earlier line"),
        (json.dumps(HELD | {"dob": 1991}), "line 1 dob is not text"),
        (json.dumps(HELD | {"aliases": [3]}), "line 1 aliases is not text"),
        ('{"id": "' + "x" * 70_000, "line 1 is longer than 65536 bytes"),
    ):
        done = match(tmp_path, register)
        assert (done.returncode, done.stdout) == (1, ""), register[:40]
        assert done.stderr.strip().endswith(said)
        assert len(done.stderr.splitlines()) == 1


def test_a_register_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "app.cli", "match", "--register", str(tmp_path / "none.jsonl")]
    done = subprocess.run(command, input="", capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [f"{tmp_path / 'none.jsonl'}: No such file or directory"]


def test_it_starts_without_web_and_database() -> None:
    heavy = "[name for name in ('fastapi', 'sqlalchemy') if name in sys.modules]"
    code = f"import sys; from app.cli import matching; print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
