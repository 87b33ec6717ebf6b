"""Every shipped edition keeps its content, and has worked cases on both sides of each line."""

import tomllib
from pathlib import Path

import pytest

import risk
from risk.conditions import Compare
from risk.context import READERS
from risk.shelf import norm_tables
from tests.risk.worked import assessed, cases, edition_of

PINNED = tomllib.loads((Path(__file__).parents[1] / "risk" / "hashes.toml").read_text())
DOCS = Path(__file__).parents[2] / "docs" / "instruments"
PAIRS = [
    (edition, profile)
    for edition in risk.editions()
    for profile in [one for one in risk.profiles() if one.base == edition.name] or [None]
]
NAMES = [f"{edition.name} {profile.slug if profile else ''}" for edition, profile in PAIRS]


def test_shipped_editions_profiles_and_norms_keep_their_hash():
    shipped = (*risk.editions(), *risk.profiles())
    hashes = {one.name: one.definition_hash for one in shipped}
    hashes |= {f"{one.slug}@{one.version}": one.definition_hash for one in norm_tables().values()}
    assert hashes == PINNED


def lines_of(edition, profile):
    """Every least score of a level or of a referral."""
    rules = risk.plan_for(edition, profile).rules
    lines = {rules.threshold.at} if rules.threshold else set()
    for level in rules.levels:
        if isinstance(level.when, Compare) and level.when.name == "total" and level.when.operator != "lte":
            lines.add(level.when.value[0] if level.when.operator == "between" else level.when.value)
    return lines - {0}


@pytest.mark.parametrize(("edition", "profile"), PAIRS, ids=NAMES)
def test_there_are_worked_cases_on_both_sides_of_each_line(edition, profile):
    slug = profile.slug if profile else None
    own = [case for case in cases() if edition_of(case) == edition]
    own = [case for case in own if case.get("profile", edition.default_profile) == slug]
    assert own
    scores = {assessed(case).score for case in own}
    for line in lines_of(edition, profile):
        assert {line - 1, line} <= scores, f"no case beside {line}"


@pytest.mark.parametrize("edition", risk.editions(), ids=lambda edition: edition.name)
def test_every_name_an_edition_uses_is_shipped(edition):
    slugs = {one.slug for one in risk.editions()}
    assert {follow.open for follow in edition.rules.followups} <= slugs
    elsewhere = {gate.to for gate in edition.rules.gates if gate.to}
    assert elsewhere <= slugs | {"childrens_services"}
    if edition.default_profile:
        assert risk.profile(edition.default_profile).base == edition.name
    assert {item.guidance != "" for item in edition.items} <= {True}
    assert {bool(item.could_help) for item in edition.items} <= {True}


def test_every_norm_table_named_is_shipped():
    named = {risk.plan_for(edition, profile).rules.norms for edition, profile in PAIRS} - {None}
    assert named == set(norm_tables()) == {"odara-norms-2004"}


@pytest.mark.parametrize("slug", sorted({edition.slug for edition in risk.editions()}))
def test_every_instrument_has_its_page(slug):
    page = (DOCS / f"{slug}.md").read_text()
    for heading in ("## Rules", "## Checked", "## Not checked", "## Limits", "## Worked cases"):
        assert heading in page
    edition = risk.edition(slug)
    assert [item.id for item in edition.items if f"\n| {item.id} | {item.topic}" not in page] == []
    assert [line for line in edition.unverified if line not in page] == []
    assert f"status **{edition.status}**" in page


def test_every_key_of_a_result_is_documented():
    page = (DOCS.parent / "reference" / "scoring.md").read_text()
    assert [name for name in risk.Explanation.model_fields if f"| `{name}` |" not in page] == []
    assert [name for name in READERS if f"| `{name}` |" not in page] == []


def test_what_is_missing_is_listed():
    page = (DOCS / "README.md").read_text()
    for name in ("DA-I", "DA-R", "DVSI-R", "RVD-R", "DARA", "VPR"):
        assert name in page
