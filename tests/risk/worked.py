"""Worked cases as practitioners wrote them, read from tests/risk/cases."""

import re
import tomllib
from pathlib import Path

import risk

HERE = Path(__file__).parent / "cases"
CODES = ("yes", "dont_know", "refused", "not_applicable", "not_asked")


def cases():
    """Every worked case with its instrument, in file order."""
    for file in sorted(HERE.glob("*.toml")):
        text = tomllib.loads(file.read_text())
        for case in text["cases"]:
            yield {"instrument": text.get("instrument"), **case}


def edition_of(case):
    return risk.edition(case["instrument"], case.get("version"))


def answers_of(case):
    """The answers of a case; in a counted instrument every item not named is no."""
    edition = edition_of(case)
    named = {number: code for code in CODES for group in case.get(code, []) for number in spread(group)}
    if edition.level_rule == "chosen":
        return case.get("answers", {})
    return {**{item.id: "no" for item in edition.items}, **named, **case.get("answers", {})}


def spread(group):
    """The item numbers in 1-13, or the one named."""
    if found := re.fullmatch(r"(\d+)-(\d+)", group):
        return [str(number) for number in range(int(found[1]), int(found[2]) + 1)]
    return [group]


def assessed(case):
    profile = case.get("profile")
    return risk.assess(edition_of(case), answers_of(case), case.get("context"), profile=profile)
