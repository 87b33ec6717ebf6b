"""The examples shown beside each edition were worked by hand; the engine must agree with every one."""

import pytest

import risk
from risk.worked import HERE, examples_of, read_examples

EDITIONS = risk.editions()
ALL = [(edition, one) for edition in EDITIONS for one in examples_of(edition)]


@pytest.mark.parametrize(("edition", "example"), ALL, ids=lambda one: getattr(one, "form", None) or one.slug)
def test_the_engine_agrees(edition, example):
    found = risk.assess(edition, example.answers_on(edition), example.context, profile=example.profile)
    assert (found.score_min, found.score_max) == (example.least, example.most)
    assert (found.level, found.refer) == (example.level, example.refers)


def test_every_edition_has_its_file_and_no_file_is_left_over():
    assert {file.name for file in HERE.iterdir()} == {f"{one.slug}-{one.version}.toml" for one in EDITIONS}
    assert all(len(examples_of(one)) >= 2 for one in EDITIONS)


@pytest.mark.parametrize("edition", [one for one in EDITIONS if risk.plan_for(one).rules.threshold])
def test_both_sides_of_the_usual_line_are_shown(edition):
    line = risk.plan_for(edition).rules.threshold.at
    usual = {one.least for one in examples_of(edition) if one.least == one.most and one.profile is None}
    assert {line - 1, line} <= usual


def test_a_file_that_says_something_else_is_refused_with_its_place(tmp_path):
    file = tmp_path / "examples.toml"
    file.write_text('schema = 1\n[[examples]]\nform = "F"\nbecause = "B"\n')
    with pytest.raises(risk.BadDefinition, match=r"examples\[0\]\.refers: Field required"):
        read_examples(file)
    file.write_text("schema = 1\n")
    with pytest.raises(risk.BadDefinition, match="examples: Field required"):
        read_examples(file)
