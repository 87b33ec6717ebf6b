"""The doors: JSON in, JSON out, one clear error for a bad request, and the next one is read."""

import json
from datetime import date

import pytest

import risk
from risk.doors import check_file, list_instruments, score_line, score_lines, score_request
from risk.shelf import HERE
from tests.risk.broken import EDITION

TODAY = date(2026, 11, 21)
FOURTEEN = {str(number): "yes" for number in range(1, 15)}


def test_a_request_is_answered_with_the_explanation():
    answer = score_request({"instrument": "safelives-dash-ric", "answers": FOURTEEN}, today=TODAY)
    assert answer["instrument"] == "safelives-dash-ric@2009.1"
    assert answer["profile"] == "safelives-national@2009.1"
    assert [ground["id"] for ground in answer["grounds"]] == ["visible_high_risk"]
    assert answer["why"][0] == "The answers: 14 to 24 yes answers; the line is 14"
    assert json.loads(json.dumps(answer)) == answer


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ([], "request: must be a JSON object"),
        ({}, "instrument: must be a name"),
        ({"instrument": 3, "answers": {}}, "instrument: must be a name"),
        ({"instrument": "dash", "answers": {}}, "no shipped instrument is called 'dash'"),
        ({"instrument": "dvsat", "version": 2015, "answers": {}}, "version: must be a name"),
        ({"instrument": "dvsat", "version": "1999.1", "answers": {}}, "has no version '1999.1'"),
        ({"instrument": "dvsat", "profile": "kingston", "answers": {}}, "kingston belongs to"),
        ({"instrument": "dvsat", "profile": "none", "answers": {}}, "no shipped profile"),
        ({"instrument": "dvsat"}, "answers: must be an object"),
        ({"instrument": "dvsat", "answers": []}, "answers: must be an object"),
        ({"instrument": "dvsat", "answers": {}, "context": []}, "context: must be an object"),
        ({"instrument": "dvsat", "answers": {}, "measure": "total"}, "'measure' is not a key"),
        ({"instrument": "dvsat", "answers": {"26": "yes"}}, "no item '26'"),
        ({"instrument": "dvsat", "answers": {}, "context": {"weather": "wet"}}, "'weather' is not a fact"),
        ({"instrument": "dvsat", "answers": {}, "context": {"assessed_on": "soon"}}, "context.assessed_on"),
    ],
)
def test_a_bad_request_gets_one_clear_error(request_, message):
    answer = score_request(request_, today=TODAY)
    assert list(answer) == ["error"]
    assert message in answer["error"]


def test_lines_go_on_after_a_bad_one():
    good = json.dumps({"instrument": "danger-assessment-5", "answers": {"1": "yes"}})
    bad = ["nonsense", "[" * 100_000, "9" * 5000, '"' + "x" * 4_000_001]
    answers = list(score_lines([good, *bad, "  ", good], today=TODAY))
    assert [answer.get("score", answer.get("error")) for answer in answers] == [
        1,
        "request: is not JSON",
        "request: is not JSON",
        "request: must be a JSON object",
        "request: is longer than 4000000 characters",
        1,
    ] or answers[3]["error"] == "request: is not JSON"


def test_the_day_of_assessment_chooses_the_version():
    line = {"instrument": "viogen-vpr", "answers": {"level": "not_appreciated"}}
    assert "error" in score_line(json.dumps(line), today=TODAY)
    line["context"] = {"assessed_on": "2020-05-05"}
    assert score_line(json.dumps(line), today=TODAY)["instrument"] == "viogen-vpr@2014.1"


def test_the_list_tells_status_sources_and_hash():
    listed = {(one["slug"], one["version"]): one for one in list_instruments()}
    assert len(listed) == len(risk.editions()) == 17
    epv = listed["epv-r", "2010.1"]
    assert epv["status"] == "draft"
    assert [one["slug"] for one in epv["profiles"]] == ["chihuahua-2020"]
    assert "weights were recalled" in epv["unverified"][0]
    assert all(len(one["definition_hash"]) == 64 and one["sources"] for one in listed.values())


def test_every_shipped_file_passes_the_authors_check():
    files = [*HERE.glob("instruments/*.toml"), *HERE.glob("profiles/*.toml"), *HERE.glob("norms/*.toml")]
    assert len(files) == 30
    assert {str(file): check_file(file) for file in files if check_file(file)} == {}


def test_the_authors_check_names_file_line_and_path(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(EDITION.replace("at = 3", "at = 7"))
    line = EDITION.splitlines().index("at = 3") + 1
    assert check_file(str(file)) == [f"{file}:{line}: threshold.at: is above the greatest score, 6"]
    file.write_text('schema = 1\ninstrument = "x"\n')
    assert len(check_file(file)) == 1


def test_the_minimal_view_holds_no_answers():
    edition = risk.edition("safelives-dash-ric")
    found = risk.assess(edition, FOURTEEN | {"15": "yes"})
    assert found.minimal() == {
        "level": "high",
        "refer": True,
        "grounds": ["visible_high_risk"],
        "flags": ["critical"],
    }
