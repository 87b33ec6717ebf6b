"""A whole referral through the pages, without script, as Amara makes it."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences.models import Referral, ReferralStatus
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user


@pytest.fixture
def amara(client: Browse, world: World) -> Browse:
    return as_user(client, world, world.amara)


def test_a_referral_goes_from_the_first_question_to_the_result(
    amara: Browse, world: World, session: Session
) -> None:
    answer = amara.post_form("/referrals/new", {"safe_to_talk": "alone", "form_key": "k1"})
    assert answer.status_code == 303
    here = answer.headers["location"].removesuffix("/judgement")

    def save(where: str, typed: dict[str, object]) -> str:
        reply = amara.post_form(f"{here}/{where}", typed)
        assert reply.status_code == 303, (where, reply.text)
        return str(reply.headers["location"]).removeprefix(here)

    assert save("judgement", {"view": "serious", "why": "He waits at the gate."}) == "/checklist/1"
    for n in range(1, 6):
        items = range(5 * n - 4, min(5 * n, 24) + 1)
        typed: dict[str, object] = {f"answer-{i}": "yes" if i <= 15 else "dont_know" for i in items}
        assert save(f"checklist/{n}", typed) == ("/final" if n == 5 else f"/checklist/{n + 1}")
    assert save("final", {"refer": "yes", "why": "He will not stop."}) == ""
    born = {"born-year": "1992", "born-month": "May", "born-day": "4"}
    assert save("victim", {"name": "Testa Marrowby", **born}) == ""
    assert save("perpetrators/new", {"name": "Derrin Quillfeather", "relationship": "ex"}) == "/perpetrators"
    assert save("children/new", {"name": "Pim", "born-year": "2020"}) == "/children"
    assert save("contact", {"rule": "Through the adviser only."}) == ""
    assert save("address", {"words": "1 Hidden Row"}) == ""
    reason = {"reason": "Three days running.", "urgency": "standard", "repeat": "no"}
    dates = {"incidents-0-on-day": "20", "incidents-0-on-month": "11", "incidents-0-on-year": "2026"}
    assert save("reason", {**reason, **dates}) == ""
    assert save("sharing", {"consent": "given", "basis": "public_task"}) == ""
    check = amara.get(f"{here}/check").text
    for fact in ("Testa Marrowby", "4 May 1992", "Pim", "20 November 2026", "Through the adviser only."):
        assert fact in check
    assert "1 Hidden Row" not in check
    sent = amara.post_form(f"{here}/submit", {}, page=f"{here}/check")
    assert (sent.status_code, sent.headers["location"]) == (303, here)
    mine = select(Referral.status).where(Referral.referrer_id == world.amara.id)
    assert session.scalars(mine).all() == [ReferralStatus.SUBMITTED]
    result = amara.get(here).text
    assert "This case should go to the meeting" in result
    assert "15 answers are yes. The line here is 14." in re.sub(r"\s+", " ", result)
    assert "Ring children’s services about the child" in result
