"""Pages about reaching others than the person at risk: each has one, with nobody else’s ways on it."""

from typing import Any

import pytest

from conferences.models import Case, Involvement, Part
from conferences.person import contacts, people
from conferences.reaching import Contact, Point, Safe
from conferences.referral import referrals
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user

GROUPS = {"perpetrators": Part.PERPETRATOR, "children": Part.CHILD, "adults": Part.OTHER_ADULT}
NUMBERS = {
    Part.PERPETRATOR: "07700 900801",
    Part.CHILD: "07700 900802",
    Part.OTHER_ADULT: "07700 900803",
}
HERS = "07700 900123"


def row(case: Case, part: Part) -> Involvement:
    return people.in_part(case, part)[0]


def held(world: World, one: Involvement) -> list[tuple[str | None, Safe]]:
    world.session.expire_all()
    return [(point.value, point.safety) for point in contacts.contact_of(world.session, one.person).points]


def test_a_draft_asks_it_of_each_person_by_themselves(client: Browse, world: World) -> None:
    draft = make.filled_draft(world, children=("Pim",), adults=("Gran",))
    as_user(client, world, world.amara)
    for group, part in GROUPS.items():
        one, here = row(draft.case, part), f"/referrals/{draft.id.hex}/{group}"
        where = f"{here}/{one.id.hex}/contact"
        typed = {"points-0-value": NUMBERS[part], "points-0-safety": "unsafe"}
        wrong = client.post_form(where, {"points-0-value": NUMBERS[part]})
        assert wrong.status_code == 422
        assert 'href="#points-0-safety">Select whether it is safe to use this' in wrong.text
        saved = client.post_form(where, typed)
        assert (saved.status_code, saved.headers["location"]) == (303, here)
        again = client.post_form(where, typed | {"version": "an-older-form"})
        assert again.status_code == 409
        assert held(world, one) == [(NUMBERS[part], Safe.UNSAFE)]
        page = client.get(where).text
        assert [number for number in (HERS, *NUMBERS.values()) if number in page] == [NUMBERS[part]]
        assert people.name_of(world.session, one) in page
        assert "<title>Form: contact" in page
        more = client.post_form(where, typed | {"more": "1"})
        assert (more.status_code, 'id="points-1-value"' in more.text) == (200, True)
    check = client.get(f"/referrals/{draft.id.hex}/check").text
    assert all(number in check for number in NUMBERS.values())


def test_a_draft_takes_no_way_of_his_for_safe(client: Browse, world: World) -> None:
    draft = make.filled_draft(world)
    s, one = world.session, row(draft.case, Part.PERPETRATOR)
    his = Contact(points=(Point(value=NUMBERS[Part.PERPETRATOR]),))
    referrals.save_contact(s, world.amara, draft, his, about=one, now=world.now)
    as_user(client, world, world.amara)
    typed = {"points-0-value": "+44 7700 900801", "points-0-safety": "safe"}
    refused = client.post_form(f"/referrals/{draft.id.hex}/contact", typed)
    assert refused.status_code == 422
    assert refused.text.count("Somebody who may cause harm is reached by this too.") == 2
    assert "+44 7700 900801" in refused.text
    safe = {"points-0-value": HERS, "points-0-safety": "safe"}
    second = {"points-1-value": "+44 7700 900801", "points-1-safety": "safe", "points-1-way": "phone"}
    later = client.post_form(f"/referrals/{draft.id.hex}/contact", safe | second)
    assert 'href="#points-1-value">Somebody who may cause harm' in later.text
    assert 'id="points-1-value-error"' in later.text
    removed = safe | {"points-0-gone": "yes"}
    gone = client.post_form(f"/referrals/{draft.id.hex}/contact", removed | second)
    assert 'href="#points-1-value">Somebody who may cause harm' in gone.text


@pytest.fixture
def case(world: World) -> Case:
    draft = make.filled_draft(world, children=("Pim",), adults=("Gran",))
    for part, number in NUMBERS.items():
        ways = Contact(points=(Point(value=number, safety=Safe.SAFE),))
        referrals.save_contact(
            world.session, world.amara, draft, ways, about=row(draft.case, part), now=world.now
        )
    referrals.submit(world.session, world.amara, draft, now=world.now)
    return draft.case


def press(client: Browse, case: Case, part: Part, typed: dict[str, Any] | None = None) -> Any:
    where = f"/cases/{case.id.hex}/people/{row(case, part).id.hex}/contact"
    return client.post_form(where + ("/change" if typed else ""), typed or {}, page="/conferences")


def test_on_a_case_each_has_a_page_and_his_stay_closed(client: Browse, world: World, case: Case) -> None:
    as_user(client, world, world.ben)
    whole = client.get(f"/cases/{case.id.hex}").text
    assert not any(number in whole for number in (HERS, *NUMBERS.values()))
    for part, number in NUMBERS.items():
        assert f"/people/{row(case, part).id.hex}/contact" in whole
        page = press(client, case, part).text
        assert [one for one in (HERS, *NUMBERS.values()) if one in page.split("Change how")[0]] == [number]
        assert "<title>How to reach them" in page
        assert ("Safe to use" in page) is (part is not Part.PERPETRATOR)
    his = press(client, case, Part.PERPETRATOR).text
    assert NUMBERS[Part.PERPETRATOR] not in his.split("Show it all the same")[0]
    assert "Only for those who deal with them" in his


def test_they_are_changed_on_a_case_and_what_is_wrong_comes_back(
    client: Browse, world: World, case: Case
) -> None:
    as_user(client, world, world.noor)
    one = row(case, Part.PERPETRATOR)
    version = press(client, case, Part.PERPETRATOR).text.split('name="version" value="')[1].split('"')[0]
    wrong = press(client, case, Part.PERPETRATOR, {"points-0-value": "07700 900999"})
    assert (wrong.status_code, 'value="07700 900999"' in wrong.text) == (422, True)
    typed = {"points-0-value": "07700 900999", "points-0-safety": "unknown", "version": version}
    more = press(client, case, Part.PERPETRATOR, typed | {"more": "1"})
    assert (more.status_code, 'id="points-1-value"' in more.text) == (200, True)
    assert press(client, case, Part.PERPETRATOR, typed).status_code == 303
    assert held(world, one) == [("07700 900999", Safe.UNKNOWN)]
    assert press(client, case, Part.PERPETRATOR, typed | {"points-0-value": "1"}).status_code == 409


def test_the_person_at_risk_is_on_no_such_page_and_nobody_of_another_case(
    client: Browse, world: World, case: Case
) -> None:
    other = make.sent_referral(world, children=("Oona",)).case
    as_user(client, world, world.ben)
    for one in (row(case, Part.VICTIM), row(other, Part.CHILD)):
        for step in ("contact", "contact/change"):
            where = f"/cases/{case.id.hex}/people/{one.id.hex}/{step}"
            assert client.post_form(where, {}, page="/conferences").status_code == 404


def test_the_referrer_is_not_offered_and_not_given_his(client: Browse, world: World, case: Case) -> None:
    as_user(client, world, world.amara)
    answer = press(client, case, Part.PERPETRATOR)
    assert answer.status_code == 403
    assert NUMBERS[Part.PERPETRATOR] not in answer.text
    assert press(client, case, Part.CHILD).status_code == 200
