"""The checklists on the command line: the list, the author's check, and answers scored from the input."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from risk.shelf import HERE

Say = Callable[..., tuple[int, str, str]]
SHIPPED = HERE / "instruments" / "danger-assessment-5-2017.1.toml"
TWO_YES = {"instrument": "danger-assessment-5", "answers": {"1": "yes", "2": "yes"}}


class Input:
    """A standard input that holds these bytes."""

    def __init__(self, given: bytes) -> None:
        self.buffer = io.BytesIO(given)


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """Types a command with some input; returns its exit code, what it said and what it complained of."""

    def typed(*words: str, given: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", Input(given))
        with pytest.raises(SystemExit) as end:
            main(list(words))
        said = capsys.readouterr()
        return int(end.value.code or 0), said.out, said.err

    return typed


def written(request: Any) -> bytes:
    """A request as one line."""
    return json.dumps(request).encode() + b"\n"


def test_the_list_names_status_owner_hash_and_sources(say: Say) -> None:
    code, out, err = say("instruments")
    assert (code, err) == (0, "")
    lines = [line.split() for line in out.splitlines()]
    assert lines[0] == ["slug", "version", "status", "owner", "items", "sources", "hash"]
    (dash,) = (line for line in lines if line[:1] == ["safelives-dash-ric"])
    assert dash[1:4] == ["2009.1", "active", "SafeLives"]
    assert dash[4:6] == ["24", "6"]
    assert len(dash[6]) == 64
    (kingston,) = (line for line in lines if line[:1] == ["kingston"])
    assert kingston[1:4] == ["2023.1", "active", "safelives-dash-ric"]
    assert "Enrique Echeburúa" in out


def test_the_list_as_json_holds_everything(say: Say) -> None:
    code, out, _ = say("instruments", "--json")
    listed = {one["slug"]: one for one in json.loads(out)}
    assert code == 0
    assert listed["safelives-dash-yp"]["status"] == "draft"
    assert listed["lap-lethality-screen"]["default_profile"] == "lap-maryland"


def test_a_shipped_file_has_nothing_to_put_right(say: Say) -> None:
    assert say("instruments", "check", str(SHIPPED)) == (0, f"{SHIPPED}: nothing to put right\n", "")


def test_a_broken_file_is_answered_with_line_and_key(say: Say, tmp_path: Path) -> None:
    text = SHIPPED.read_text().replace("max_score = 5", "max_score = 6")
    broken = tmp_path / "broken.toml"
    broken.write_text(text)
    line = text.splitlines().index("max_score = 6") + 1
    code, out, err = say("instruments", "check", str(broken))
    assert (code, err) == (1, "")
    assert out == f"{broken}:{line}: max_score: declares 6, the items add up to 5\n"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"schema = 1\n", b"nonsense"])
def test_what_is_no_definition_is_refused_without_a_crash(say: Say, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "some.toml"
    file.write_bytes(content)
    code, out, err = say("instruments", "check", str(file))
    assert (code, err) == (1, "")
    assert out.startswith(str(file))


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(say: Say, tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "none.toml"):
        code, out, _ = say("instruments", "check", str(place))
        assert code == 1
        assert "cannot be read" in out


def test_one_request_is_scored(say: Say) -> None:
    code, out, err = say("score", given=json.dumps(TWO_YES, indent=2).encode())
    assert (code, err) == (0, "")
    assert json.loads(out)["score"] == 2
    assert json.loads(out)["instrument"] == "danger-assessment-5@2017.1"


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (b"", "request: is not JSON"),
        (b"{", "request: is not JSON"),
        (b"\xff\xfe", "request: is not UTF-8"),
        (b"[]", "request: must be a JSON object"),
        (b'{"instrument": "dash", "answers": {}}', "no shipped instrument is called 'dash'"),
        (b'{"instrument": "danger-assessment-5", "answers": {"9": "yes"}}', "has no item '9'"),
        (b'{"instrument": "danger-assessment-5", "answers": {"1": true}}', "answers.1: takes one of"),
    ],
)
def test_one_bad_request_is_an_error_and_exit_code_one(say: Say, given: bytes, error: str) -> None:
    code, out, err = say("score", given=given)
    assert (code, err) == (1, "")
    assert list(json.loads(out)) == ["error"]
    assert error in json.loads(out)["error"]


def test_a_request_beyond_all_measure_is_refused(say: Say) -> None:
    code, out, _ = say("score", given=b" " * 16_000_001)
    assert code == 1
    assert "is longer than 4000000 characters" in out


def test_lines_are_scored_one_by_one_and_a_bad_one_is_passed_over(say: Say) -> None:
    good = written(TWO_YES)
    given = good + b"nonsense\n" + b"\xff\n" + b"  \n" + b"x" * 16_000_100 + b"\n" + good.rstrip()
    code, out, err = say("score", "--lines", given=given)
    assert (code, err) == (0, "")
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer.get("score", answer.get("error")) for answer in answers] == [
        2,
        "request: is not JSON",
        "request: is not UTF-8",
        "request: is longer than 4000000 characters",
        2,
    ]


def test_other_scripts_and_half_characters_survive(say: Say) -> None:
    reason = "Ona się boi. 她很害怕 \ud800"
    request = TWO_YES | {"context": {"judgement": {"refer": True, "reason": reason}}}
    code, out, _ = say("score", "--lines", given=b"\xef\xbb\xbf" + written(request))
    assert code == 0
    assert "Ona się boi. 她很害怕 \\ud800" in out
    assert json.loads(out)["score"] == 2
