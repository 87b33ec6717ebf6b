"""Who the people of a referral are, and whether it is a repeat: the coordinator's pages."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from conferences.case import repeats
from conferences.models import AuditEntry, Part, Person, Referral, Sameness
from conferences.person import identity, people
from conferences.triage import triage
from tests import make
from tests.browse import Browse
from tests.conferences.case.test_repeats import the_earlier, the_new, the_pair
from tests.make import World
from tests.sign_in import as_user


def text_of(answer: object) -> str:
    """The words of a page, without tags and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))  # type: ignore[attr-defined]


def victim(row: Referral) -> Person:
    found = people.victim_of(row.case)
    assert found is not None
    return found.person


def two(world: World) -> tuple[Referral, Referral]:
    """An earlier referral and a new one that name the same two people."""
    return make.sent_referral(world), make.sent_referral(world)


def pair(new: Referral, before: Referral) -> str:
    return f"/queue/{new.id.hex}/people/{victim(new).id.hex}/{victim(before).id.hex}"


def send(client: Browse, path: str, **typed: object) -> object:
    return client.submit(path, {"form_key": uuid4().hex, **typed})


def test_the_same_people_named_again_are_offered_with_reasons(client: Browse, world: World) -> None:
    before, new = two(world)
    as_user(client, world, world.ben)
    words = text_of(client.get(f"/queue/{new.id.hex}/people"))
    assert "Testa Marrowby" in words
    assert f"At risk, {before.case.reference}" in words
    assert f"Causes harm, {before.case.reference}" in words
    assert "Same date of birth" in words
    assert "Nobody has decided" in words


def test_nobody_known_is_said_with_what_was_compared(client: Browse, world: World) -> None:
    new = make.sent_referral(world, victim="Ysolde Quennevais", perpetrator="Barnaby Thistlewood")
    as_user(client, world, world.ben)
    words = text_of(client.get(f"/queue/{new.id.hex}/people"))
    assert "No likely record." in words
    assert "ask for a date of birth, or search for the name" in words


def test_somebody_without_a_name_is_not_said_to_have_been_compared(client: Browse, world: World) -> None:
    new = make.sent_referral(world, victim="Ysolde Quennevais", perpetrator="Barnaby Thistlewood")
    people.describe(world.session, people.in_part(new.case, Part.PERPETRATOR)[0], people.PersonDetails())
    as_user(client, world, world.ben)
    words = text_of(client.get(f"/queue/{new.id.hex}/people"))
    assert "Causes harm No name is given yet." in words
    assert words.count("No likely record.") == 1


def test_a_misspelt_name_is_alike_and_not_different(client: Browse, world: World) -> None:
    before, new = make.sent_referral(world), make.sent_referral(world, victim="Testa Marrowbie")
    as_user(client, world, world.ben)
    words = text_of(client.get(pair(new, before)))
    assert "Name Testa Marrowbie Testa Marrowby Alike" in words
    assert "4 May 1992 (34) 4 May 1992 (34) Agrees" in words


def test_before_a_repeat_is_decided_the_page_says_who_was_not_looked_at(client: Browse, world: World) -> None:
    before, new = two(world)
    as_user(client, world, world.ben)
    page = f"/queue/{new.id.hex}/repeat"
    assert "2 records to look at" in text_of(client.get(page))
    for part in (Part.VICTIM, Part.PERPETRATOR):
        one, other = (people.in_part(row.case, part)[0].person for row in (new, before))
        identity.decide(world.session, world.ben, one, other, Sameness.SAME, reason="Rang.", now=world.now)
    assert "to look at" not in text_of(client.get(page))


def test_a_pair_that_is_already_listed_leads_to_adding_it_there(client: Browse, world: World) -> None:
    before = make.sent_referral(world, now=world.now - timedelta(days=3))
    new = make.sent_referral(world)
    triage.accept(world.session, world.ben, before, make.conference(world), now=world.now)
    for part in (Part.VICTIM, Part.PERPETRATOR):
        one, other = (people.in_part(row.case, part)[0].person for row in (new, before))
        identity.decide(world.session, world.ben, one, other, Sameness.SAME, reason="Rang.", now=world.now)
    as_user(client, world, world.ben)
    page = client.get(f"/queue/{new.id.hex}/repeat").text
    assert "add this to the open listing" in page
    assert f'href="/queue/{new.id.hex}/merge"' in page


def test_two_records_are_compared_without_showing_a_telephone(client: Browse, world: World) -> None:
    before, new = two(world)
    as_user(client, world, world.ben)
    page = client.get(pair(new, before))
    words = text_of(page)
    assert "4 May 1992" in words
    # On a phone there are no columns: each value says whose record it is of.
    assert page.text.count('data-label="This referral"') == page.text.count('data-label="On record"') > 5
    assert "Held, not shown here" in words
    assert "07700" not in page.text
    kinds = {row.kind for row in world.session.query(AuditEntry)}
    assert "identity.compared" in kinds


def test_the_same_person_is_remembered_and_taken_back(client: Browse, world: World) -> None:
    before, new = two(world)
    as_user(client, world, world.ben)
    answer = send(client, pair(new, before), answer="same", reason="Same birth and telephone")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/queue/{new.id.hex}/people")
    mine = victim(new).id
    assert identity.records_of(world.session, [mine])[mine] == {mine, victim(before).id}
    assert "Same person" in text_of(client.get(f"/queue/{new.id.hex}/people"))
    assert send(client, f"{pair(new, before)}/undo").status_code == 303
    assert send(client, f"{pair(new, before)}/undo").status_code == 303
    world.session.expire_all()
    assert identity.records_of(world.session, [mine])[mine] == {mine}


def test_the_same_form_sent_twice_decides_once(client: Browse, world: World) -> None:
    before, new = two(world)
    as_user(client, world, world.ben)
    typed = {"form_key": uuid4().hex, "answer": "different", "reason": "Sisters"}
    for _ in range(2):
        assert client.submit(pair(new, before), typed).status_code == 303
    lines = [row for row in world.session.query(AuditEntry) if row.kind == "identity.different"]
    assert len(lines) == 1


def test_a_sure_answer_without_a_reason_keeps_the_answer_and_says_what_is_missing(
    client: Browse, world: World
) -> None:
    before, new = two(world)
    as_user(client, world, world.ben)
    answer = send(client, pair(new, before), answer="same")
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert "Say what made you sure, in a sentence" in answer.text
    assert re.search(r'value="same"[^>]*checked', answer.text)


@pytest.mark.parametrize("name", ["amara", "chidi", "dana", "noor", "ada"])
def test_only_a_coordinator_looks_and_decides(client: Browse, world: World, name: str) -> None:
    before, new = two(world)
    as_user(client, world, world.cast()[name])
    assert client.get(f"/queue/{new.id.hex}/people").status_code == 403
    assert client.get(pair(new, before)).status_code == 403
    assert send(client, pair(new, before), answer="same", reason="Same").status_code == 403


def test_a_record_of_a_hidden_case_is_neither_offered_nor_opened(client: Browse, world: World) -> None:
    before, new = two(world)
    people.exclude(
        world.session, world.amara, before.case, user_id=world.ben.id, reason="Family", now=world.now
    )
    as_user(client, world, world.ben)
    page = client.get(f"/queue/{new.id.hex}/people")
    assert before.case.reference not in page.text
    assert "No likely record." in text_of(page)
    assert client.get(pair(new, before)).status_code == 404


def test_a_person_of_another_referral_cannot_be_smuggled_in(client: Browse, world: World) -> None:
    before, new = two(world)
    stranger = make.sent_referral(world, victim="Ann Other")
    as_user(client, world, world.ben)
    path = f"/queue/{new.id.hex}/people/{victim(stranger).id.hex}/{victim(before).id.hex}"
    assert client.get(path).status_code == 404
    assert client.get(f"/queue/{new.id.hex}/people/nonsense/{victim(before).id.hex}").status_code == 404


def test_the_repeat_page_shows_both_anchors_and_the_earlier_plan(client: Browse, world: World) -> None:
    _, new = the_pair(world, "2026-11-20")
    as_user(client, world, world.ben)
    page = client.get(f"/queue/{new.id.hex}/repeat")
    words = text_of(page)
    assert 'data-label="Referred"' in page.text
    assert 'data-label="Heard"' in page.text
    assert "By the area’s rule this is a repeat." in words
    assert "24 November 2025, window to 24 November 2026" in words
    assert "10 December 2025, window to 10 December 2026" in words
    assert "Change the front door lock" in words


def test_confirming_a_repeat_shows_it_with_what_was_tried(client: Browse, world: World) -> None:
    _, new = the_pair(world, "2026-11-20")
    as_user(client, world, world.ben)
    assert send(client, f"/queue/{new.id.hex}/repeat", is_repeat="yes").status_code == 303
    words = text_of(client.get(f"/queue/{new.id.hex}"))
    assert "What was tried before" in words
    assert "Change the front door lock" in words
    standing = repeats.confirmed(world.session, new)
    assert standing is not None
    assert standing.is_repeat


def test_deciding_against_the_rule_without_a_reason_is_sent_back(client: Browse, world: World) -> None:
    _, new = the_pair(world, "2026-11-20")
    as_user(client, world, world.ben)
    answer = send(client, f"/queue/{new.id.hex}/repeat", is_repeat="no")
    assert answer.status_code == 422
    assert "Say why you decide otherwise than the rule" in answer.text
    assert send(client, f"/queue/{new.id.hex}/repeat").status_code == 422


def test_the_chair_and_the_coordinator_are_told_of_other_victims_and_nobody_else(
    client: Browse, world: World
) -> None:
    before = the_earlier(world)
    new = the_new(world, "2026-11-20", victim="Ann Newcome")
    first = people.in_part(new.case, Part.PERPETRATOR)[0].person
    second = people.in_part(before.case, Part.PERPETRATOR)[0].person
    from conferences.models import Sameness

    identity.decide(
        world.session, world.ben, first, second, Sameness.SAME, reason="Same birth", now=world.now
    )
    for who in (world.ben, world.chidi):
        as_user(client, world, who)
        assert before.case.reference in client.get(f"/cases/{new.case_id.hex}").text
    as_user(client, world, world.noor)
    assert before.case.reference not in client.get(f"/cases/{new.case_id.hex}").text


def test_the_comparison_says_in_words_what_speaks_for_it(client: Browse, world: World) -> None:
    before, new = two(world)
    as_user(client, world, world.ben)
    words = text_of(client.get(pair(new, before)))
    assert "Why they may be one person Same name Same date of birth Same telephone number" in words
    harming = people.in_part(before.case, Part.PERPETRATOR)[0].person_id.hex
    other = text_of(client.get(f"/queue/{new.id.hex}/people/{victim(new).id.hex}/{harming}"))
    assert "What is known of the two speaks against it, or says nothing." in other


def test_the_repeat_page_warns_of_other_walls_and_carries_them_over(client: Browse, world: World) -> None:
    before, new = the_pair(world, "2026-11-20")
    s, path = world.session, f"/queue/{new.id.hex}/repeat"
    as_user(client, world, world.ben)
    assert "Not the same people may know" not in client.get(path).text
    people.exclude(s, world.ben, before.case, user_id=world.dana.id, reason="His sister", now=world.now)
    words = text_of(client.get(path))
    assert f"Not the same people may know of {before.case.reference} and of this case" in words
    assert "Dana" not in words
    for _ in range(2):
        answer = send(client, f"{path}/walls", earlier=before.case_id.hex)
        assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert [row.user_id for row in new.case.exclusions] == [world.dana.id]
    assert "Not the same people may know" not in client.get(path).text


@pytest.mark.parametrize("earlier", ["", "nonsense", "0" * 32])
def test_walls_are_carried_over_only_from_an_earlier_case_of_theirs(
    client: Browse, world: World, earlier: str
) -> None:
    before, new = two(world)
    as_user(client, world, world.ben)
    for given in (earlier, before.case_id.hex):
        answer = send(client, f"/queue/{new.id.hex}/repeat/walls", earlier=given)
        assert answer.status_code == 422
        assert "Choose an earlier case of the same two people" in text_of(answer)
