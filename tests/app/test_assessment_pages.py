"""The pages of a further checklist: opened from the referral or the case, filled in, finished, read."""

from datetime import timedelta
from uuid import UUID

from conferences.checklist import assessments
from conferences.models import Assessment, Referral
from tests import make
from tests.browse import Browse
from tests.make import World


def opened(client: Browse, world: World, sent: Referral, slug: str = "s-dash") -> str:
    client.become(world.noor)
    answer = client.submit(f"/referrals/{sent.id.hex}/assessments", {"instrument": slug})
    assert answer.status_code == 303
    return answer.headers["location"]


def test_the_result_leads_to_the_follow_up_and_back(client: Browse, world: World) -> None:
    sent = make.sent_referral(world)
    client.become(world.amara)
    page = client.get(f"/referrals/{sent.id.hex}").text
    assert "Further checklists" in page
    assert 'name="instrument" value="s-dash"' in page
    where = opened(client, world, sent)
    assert opened(client, world, sent) == where
    assert "If they are not alone" in client.get(where).text
    later = client.submit(where, {"answer-1": "yes", "later": "1"})
    assert later.headers["location"] == where
    assert 'value="yes" data-part="answer" checked' in client.get(where).text
    finish = client.submit(where, {"answer-2": "yes", "refer": "yes", "why": "He follows her to work."})
    assert (finish.status_code, finish.headers["location"]) == (303, where)
    page = client.get(where).text
    assert "By this checklist the case should go to the meeting." in page
    assert "He follows her to work." in page
    client.become(world.ben)
    assert where in client.get(f"/cases/{sent.case.id.hex}").text
    assert client.submit(where, {"answer-1": "no", "refer": "no"}).status_code == 403


def test_bad_input_comes_back(client: Browse, world: World) -> None:
    sent = make.sent_referral(world)
    where = opened(client, world, sent)
    wrong = client.submit(where, {"answer-1": "perhaps"})
    assert wrong.status_code == 422
    assert "<title>Error: " in wrong.text
    unsaid = client.submit(where, {"answer-1": "yes", "refer": "yes"})
    assert unsaid.status_code == 422
    assert "Say what makes you think so" in unsaid.text
    assert 'value="yes" data-part="answer" checked' in unsaid.text
    row = world.session.get_one(Assessment, UUID(where.rsplit("/", 1)[1]))
    assert row.completed_at is None
    assert assessments.answers_of(world.session, row)["1"]["value"] == "yes"
    assert client.submit(f"/referrals/{sent.id.hex}/assessments", {"instrument": "odara"}).status_code == 422


def test_finished_is_finished(client: Browse, world: World) -> None:
    where = opened(client, world, make.sent_referral(world))
    typed = {"answer-1": "yes", "refer": "no"}
    assert client.submit(where, typed).status_code == 303
    assert client.submit(where, {"answer-1": "no", "refer": "no"}).status_code == 409


def test_strangers_do_not_find_it(client: Browse, world: World) -> None:
    where = opened(client, world, make.sent_referral(world))
    for who in (world.ben, world.dana, world.erin, world.ada):
        client.become(who)
        assert client.get(where).status_code == 404


def test_each_answer_is_saved_as_it_is_given(client: Browse, world: World) -> None:
    where = opened(client, world, make.sent_referral(world))
    assert f'data-autosave="{where}/answers"' in client.get(where).text
    reply = client.submit(f"{where}/answers", {"item": "1", "answer": "yes", "note": "At her work."})
    assert reply.json() | {"saved_at": ""} == {"answered": 1, "total": 11, "certain": False, "saved_at": ""}
    row = world.session.get_one(Assessment, UUID(where.rsplit("/", 1)[1]))
    assert assessments.answers_of(world.session, row)["1"]["note"] == "At her work."
    wrong = [{"item": "99", "answer": "yes"}, {"item": "1", "answer": "perhaps"}]
    assert [client.submit(f"{where}/answers", typed).status_code for typed in wrong] == [422, 422]
    client.submit(where, {"answer-2": "yes", "refer": "no"})
    assert client.submit(f"{where}/answers", {"item": "1", "answer": "no"}).status_code == 409


def test_the_referral_in_the_queue_shows_what_stands_beside_it_and_how_it_moved(
    client: Browse, world: World
) -> None:
    sent = make.sent_referral(world, yes=15, now=world.now - timedelta(days=1))
    where = opened(client, world, sent, "safelives-dash-ric")
    typed = {f"answer-{n}": "yes" if n < 19 else "no" for n in range(1, 25)}
    assert client.submit(where, {**typed, "refer": "no"}).status_code == 303
    client.become(world.ben)
    page = client.get(f"/queue/{sent.id.hex}").text
    assert where in page
    assert "What is answered differently" in page
    assert page.count(": No, now Yes") == 3
    assert "high: at or above the referral count" in page
