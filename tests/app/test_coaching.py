"""Every question of a page written by hand says why it is asked; the words stand in data."""

import re
from pathlib import Path

import pytest

from app.pages.common import forms
from conferences import fields
from conferences.fields.coaching import Coaching, read_coaching
from conferences.person import pair_facts
from tests import make
from tests.browse import Browse
from tests.make import World

PAGES = {
    "judgement": forms.Judgement,
    "final": forms.Final,
    "victim": forms.Victim,
    "person": forms.Adult,
    "reason": forms.Reason,
    "sharing": forms.Sharing,
}
EVERY = [one for asked in fields.coached().values() for one in asked.values()]


@pytest.mark.parametrize(("page", "form"), PAGES.items())
def test_each_question_has_its_reason(page: str, form: type[forms.Victim]) -> None:
    asked = set(form.model_fields) - set(pair_facts.CHOICES if page == "final" else ())
    assert set(fields.coached()[page]) - {"facts"} == asked


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.label)
def test_the_reasons_are_plain(one: Coaching) -> None:
    assert one.why
    for said in filter(None, (one.why, one.ask)):
        assert said.endswith(".")
        assert not re.search(r"!|\b(?:e\.g|i\.e|etc|please|client|MARAC)\b|\w'\w", said)
        assert len(said.split()) <= 25


@pytest.mark.parametrize(
    ("page", "questions"),
    [("judgement", 2), ("final", 2), ("victim", 7), ("adults/new", 8), ("children/new", 5),
     ("reason", 8), ("sharing", 3), ("dates", 1), ("contact", 7), ("address", 5)],
)  # fmt: skip
def test_the_page_shows_them(client: Browse, world: World, page: str, questions: int) -> None:
    draft = make.draft(world)
    client.become(world.amara)
    shown = client.get(f"/referrals/{draft.id.hex}/{page}").text
    assert shown.count("om-coach") == questions
    assert "How to ask" in shown or page in ("judgement", "sharing", "dates")


@pytest.mark.parametrize(
    "entry",
    [
        'label = "A question"',
        'field = "reason"\nwhy = "Another reason."',
        'field = "nowhere"',
        'colour = "red"',
    ],
)
def test_a_file_that_does_not_fit_is_refused(tmp_path: Path, entry: str) -> None:
    file = tmp_path / "coaching.toml"
    file.write_text(f"[reason.reason]\n{entry}\n")
    with pytest.raises((ValueError, KeyError)):
        read_coaching(fields.form(), file)
