"""The command that counts stored checklists under another profile."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cli.rescoring import bar, sentences
from conferences.checklist.rescoring import Tally
from conferences.models import AuditEntry
from tests.app.test_cli import Say, inside, installation, say

__all__ = ["inside", "installation", "say"]


def test_an_empty_installation_is_counted_and_the_trail_says_who_asked_for_what(
    say: Say, inside: Session
) -> None:
    code, out, err = say("rescore", "--what-if", "local-threshold-10", "--jobs", "1")
    assert (code, out.splitlines()[0]) == (0, "Stored checklists read: 0")
    assert err.endswith("0 of 0\n")
    (line,) = inside.scalars(select(AuditEntry).where(AuditEntry.kind == "assessment.rescored"))
    assert line.fields == "local-threshold-10"


@pytest.mark.usefixtures("installation")
def test_a_profile_nobody_ships_is_one_line(say: Say) -> None:
    code, out, err = say("rescore", "--what-if", "hull")
    assert (code, out) == (1, "")
    assert err == "No profile is called hull. See marac instruments.\n"


def test_the_figures_name_nobody() -> None:
    assert sentences(Tally(1200, 3, 400, 410, 12, 2), "A local line of ten") == [
        "Stored checklists read: 1,200",
        "Referred by a ground when sent: 400",
        "Would be under “A local line of ten”: 410",
        "Newly: 12. No longer: 2.",
        "Could not be read, so not counted: 3",
    ]
    assert len(sentences(Tally(1), "x")) == 4


def test_the_bar_fills() -> None:
    assert bar(0, 0) == "\r[" + "#" * 50 + "] 0 of 0"
    assert bar(600, 1200) == "\r[" + "#" * 25 + " " * 25 + "] 600 of 1,200"
