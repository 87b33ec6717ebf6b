"""The referral form as definitions: what they must say, and that a doubtful file is refused by name."""

import re
import shutil
from pathlib import Path

import pytest

from conferences import fields
from conferences.fields import BadForm, FieldClass, Level
from conferences.fields.loading import HERE
from conferences.models.areas import NEVER_LEFT_OUT
from conferences.referral import completeness

FORM = fields.form()
EVERY = list(FORM.fields.values())


def test_every_chapter_of_the_field_list_is_there() -> None:
    assert [section.title for section in FORM.sections] == [
        "The questions",
        "This referral",
        "The person at risk",
        "Who causes harm",
        "Children and other adults",
        "Why now, and what has happened",
        "Sharing",
        "What has been done already",
    ]
    assert len(EVERY) > 110


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.key)
def test_the_words_of_a_field_are_plain_and_say_why(one: fields.FormField) -> None:
    for said in filter(None, (one.label, one.hint, one.why, one.ask, one.missing, *one.choices.values())):
        assert said == said.strip()
        assert not re.search(r"!|\b(?:e\.g|i\.e|etc|please|client|MARAC)\b|\w'\w", said), said
        assert max(len(sentence.split()) for sentence in re.split(r"[.?:]", said)) <= 25, said
    assert one.why.endswith(".")
    assert not one.ask or one.ask.endswith(".")


def test_what_safety_depends_on_is_the_same_in_the_form_and_in_the_database() -> None:
    assert {one.key for one in EVERY if one.safety} == set(NEVER_LEFT_OUT)


def test_whatever_is_stored_beside_the_form_can_be_looked_for() -> None:
    assert {one.key for one in EVERY if one.home} == set(completeness.HOMES)


def test_a_quick_referral_needs_no_more_than_before() -> None:
    plain = [one.key for one in EVERY if one.level is Level.REQUIRED and not one.when]
    by_part = [
        one for one in plain if not next(s for s in FORM.sheets.values() if FORM.fields[one] in s.fields).when
    ]
    assert by_part == [
        "first_judgement", "answers", "last_judgement", "victim_name", "safe_contact", "perpetrator_named",
        "reason", "consent",
    ]  # fmt: skip


def test_the_most_dangerous_fields_are_kept_apart() -> None:
    for key in (
        "safe_people",
        "unsafe_people",
        "associates",
        "immigration",
        "share_risk_telling",
        "safety_plan",
    ):
        assert FORM.fields[key].data_class is FieldClass.SAFE, key


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ('class = "P"', 'class = "X"', r"2_referral.toml: sheets.about.fields.received_on.class"),
        ('kind = "day"', 'kind = "date"', r"received_on.kind"),
        ("past = true", "psat = true", r"received_on.psat"),
        ('label = "Your job title"\n', "", r"referrer_job.label: Field required"),
        ('key = "referrer_job"', 'key = "received_on"', r"field received_on is there twice"),
        ('is = ["yes"]', 'is = ["perhaps"]', r"other_area_which.when.is: other_area is never perhaps"),
        ('field = "other_area"', 'field = "nobody"', r"other_area_which.when.is: nobody is never yes"),
        ("title = ", "title = = ", r"2_referral.toml: Invalid"),
    ],
)
def test_a_doubtful_form_is_refused_with_the_place(
    tmp_path: Path, was: str, becomes: str, fault: str
) -> None:
    folder = shutil.copytree(HERE, tmp_path / "form")
    file = folder / "2_referral.toml"
    assert was in file.read_text()
    file.write_text(file.read_text().replace(was, becomes, 1))
    with pytest.raises(BadForm, match=fault):
        fields.read_form(folder)


def test_a_form_without_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "concepts.toml").write_text("")
    with pytest.raises(BadForm):
        fields.read_form(tmp_path)
