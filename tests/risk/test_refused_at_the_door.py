"""What cannot be a request, an answer or a fact: one clear error naming its place, and the next is read."""

import json
from datetime import date

import pytest

from risk.doors import score_line, score_lines

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("slug", "request_", "message"),
    [
        ("safelives-dash-ric", {"answers": {"25": "yes"}}, "safelives-dash-ric has no item '25'"),
        ("safelives-dash-ric", {"answers": {"01": "yes"}}, "has no item '01'"),
        ("safelives-dash-ric", {"answers": {"1": True}}, "answers.1: takes one of yes, no"),
        ("safelives-dash-ric", {"answers": {"1": 1}}, "answers.1: takes one of yes, no"),
        ("safelives-dash-ric", {"answers": {"1": "YES"}}, "answers.1: takes one of yes, no"),
        ("safelives-dash-ric", {"answers": {"1": None}}, "answers.1: takes one of yes, no"),
        ("safelives-dash-ric", {"answers": {"1": ["yes"]}}, "answers.1: takes one of yes, no"),
        ("safelives-dash-ric", {"answers": {"1": ""}}, "answers.1: takes one of yes, no"),
        ("safelives-dash-ric", {"answers": {"level": "high"}}, "has no item 'level'"),
        ("safelives-dash-ric", {"answers": {}, "profile": ""}, "profile: no shipped profile"),
        ("safelives-dash-ric", {"answers": {}, "version": ""}, "version: safelives-dash-ric has no version"),
        ("safelives-dash-ric", {"answers": {}, "profile": "bolton"}, "profile: bolton belongs to"),
        (
            "danger-assessment",
            {"answers": {"3": "yes", "3a": "yes"}},
            "answers.3a: cannot be yes together with 3",
        ),
        ("odara", {"answers": {"8": 1.5}}, "answers.8: takes a whole number"),
        ("odara", {"answers": {"8": -1}}, "answers.8: must be from 0 to 50"),
        ("odara", {"answers": {"8": 10**400}}, "answers.8: must be from 0 to 50"),
        ("odara", {"answers": {"8": True}}, "answers.8: takes a whole number"),
        ("odara", {"answers": {"11": {"present": 5, "absent": 4}}}, "answers.11: there are only 8 parts"),
        (
            "odara",
            {"answers": {"11": {"parts": {"beer": "yes"}}}},
            "answers.11.parts: there is no part 'beer'",
        ),
        ("odara", {"answers": {"11": {}}}, "answers.11: takes an answer"),
        ("police-dash", {"answers": {"level": "huge"}}, "answers.level: takes one of high, medium, standard"),
        ("police-dash", {"answers": {"level": True}}, "answers.level: takes one of high, medium, standard"),
        ("b-safer", {"answers": {"factors": []}}, "answers.factors: must be an object"),
        ("b-safer", {"answers": {"factors": {"1": "yes", "16": "yes"}}}, "has no item '16'"),
        ("b-safer", {"answers": {"1": "yes", "factors": {"1": "yes"}}}, "answers.'1': is answered twice"),
        (
            "s-dash",
            {"answers": {}, "context": {"victim_view": "high"}},
            "victim_view: this instrument has no levels",
        ),
        ("dvsat", {"answers": {}, "context": {"judgement": {"refer": None}}}, "context.judgement.refer"),
        ("dvsat", {"answers": {}, "context": {"judgement": {"level": 0}}}, "context.judgement.level"),
        ("dvsat", {"answers": {}, "context": {"judgement": {"level": ""}}}, "context.judgement.level"),
        (
            "dvsat",
            {"answers": {}, "context": {"events": [{"date": "2026-01-01", "kind": ""}]}},
            "events[0].kind",
        ),
        (
            "dvsat",
            {"answers": {}, "context": {"events": [{"date": "1899-12-31"}]}},
            "in the years 1900 to 2199",
        ),
        ("dvsat", {"answers": {}, "context": {"assessed_on": "0001-01-01"}}, "in the years 1900 to 2199"),
        (
            "dvsat",
            {"answers": {}, "context": {"assessed_at": "2200-01-01"}},
            "context.assessed_at: must be in",
        ),
        ("dvsat", {"answers": {}, "context": {"last_referral_on": "9999-12-31"}}, "context.last_referral_on"),
        (
            "dvsat",
            {"answers": {}, "context": {"incidents": 10**400}},
            "context.incidents: must be a whole number",
        ),
        ("dvsat", {"answers": {str(key): "yes" for key in range(100_000)}}, "dvsat has no item '0'"),
        ("dvsat", {"answers": {}, "context": {str(key): 1 for key in range(100_000)}}, "'0' is not a fact"),
    ],
)
def test_what_cannot_be_gets_one_error_that_names_its_place(slug, request_, message):
    said = score_line(json.dumps({"instrument": slug, **request_}), today=TODAY)
    assert list(said) == ["error"]
    assert message in said["error"]
    assert len(said["error"]) < 250


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "request: is not JSON"),
        ("{}{}", "request: is not JSON"),
        ('{"instrument": "dvsat", "answers": {"1": NaN}}', "request: is not JSON"),
        ('{"instrument": "dvsat", "answers": {"1": -Infinity}}', "request: is not JSON"),
        (
            '{"instrument": "dvsat", "answers": {"1": "yes", "1": "no"}}',
            "request: '1' is there more than once",
        ),
        (
            '{"instrument": "dvsat", "instrument": "s-dash", "answers": {}}',
            "'instrument' is there more than once",
        ),
        (
            '{"instrument": "dvsat", "answers": {}, "context": {"incidents": 1, "incidents": 1}}',
            "'incidents' is there",
        ),
        ('{"a":' * 50_000, "request: is not JSON"),
        ("9" * 10_000, "request: is not JSON"),
        (" " * 4_000_000, "request: is not JSON"),
        (" " * 4_000_001, "request: is longer than 4000000 characters"),
        (b" " * 16_000_000, "request: is not JSON"),
        (b" " * 16_000_001, "request: is longer than 4000000 characters"),
        ('"dvsat"', "request: must be a JSON object"),
        (b"\xff{}", "request: is not UTF-8"),
        (b"\xef\xbb\xbf", "request: is not JSON"),
    ],
)
def test_what_is_no_request_gets_one_error(text, error):
    said = score_line(text, today=TODAY)
    assert list(said) == ["error"]
    assert error in said["error"]


def test_lines_may_end_either_way_be_blank_or_begin_with_a_mark():
    good = json.dumps({"instrument": "danger-assessment-5", "answers": {"1": "yes"}}).encode()
    lines = [b"\xef\xbb\xbf" + good + b"\r\n", b"\r\n", b" \t\n", b"{\xff}\n", b"x" * 16_000_001, good]
    said = [one.get("score", one.get("error")) for one in score_lines(lines, today=TODAY)]
    assert said == [1, "request: is not UTF-8", "request: is longer than 4000000 characters", 1]
