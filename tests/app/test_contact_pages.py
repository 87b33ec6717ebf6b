"""Pages about reaching somebody: several ways in a draft, and what is changed after sending."""

from typing import Any

import pytest
from sqlalchemy import select

from conferences.models import AuditEntry, Case
from conferences.person import contacts, people
from conferences.reaching import Contact, Point, Safe, Way
from conferences.referral import referrals
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user

TYPED = {
    "points-0-way": "phone",
    "points-0-value": "07700 900777",
    "points-0-safety": "safe",
    "points-0-message": "unsafe",
    "points-0-text": "safe",
    "points-0-withheld": "unsafe",
    "points-0-days": ["mon", "wed"],
    "points-0-after": "9:30am",
    "points-0-before": "14:45",
    "points-1-way": "mail",
    "points-1-value": "testa@home.example",
    "points-1-safety": "unsafe",
    "points-1-who_else": "He reads it",
    "rule": "Say it is the library.",
}
KEPT = Contact(
    "Say it is the library.",
    (
        Point(value="07700 900777", safety=Safe.SAFE, message=Safe.UNSAFE, text=Safe.SAFE,
              withheld=Safe.UNSAFE, days=("mon", "wed"), after="09:30", before="14:45"),
        Point(way=Way.MAIL, value="testa@home.example", safety=Safe.UNSAFE, who_else="He reads it"),
    ),
)  # fmt: skip


def held(world: World, case: Case) -> Contact:
    world.session.expire_all()
    victim = people.victim_of(case)
    assert victim is not None
    return contacts.contact_of(world.session, victim.person)


def kinds(world: World, case: Case) -> list[str]:
    wanted = select(AuditEntry.kind).where(AuditEntry.subject_id == case.id).order_by(AuditEntry.seq)
    return [kind for kind in world.session.scalars(wanted) if kind.startswith(("contact", "address"))]


def test_a_draft_keeps_several_ways_and_shows_them_again(client: Browse, world: World) -> None:
    draft = make.filled_draft(world)
    as_user(client, world, world.amara)
    where = f"/referrals/{draft.id.hex}/contact"
    assert client.post_form(where, TYPED).status_code == 303
    assert held(world, draft.case) == KEPT
    page = client.get(where).text
    for words in ("07700 900777", "testa@home.example", 'value="09:30"', "Way 2 to reach them"):
        assert words in page
    check = client.get(f"/referrals/{draft.id.hex}/check").text
    said = ("Leave a message", "Send a text", "Ring without showing a number")
    for words in ("Monday, Wednesday, 9:30am to 2:45pm", "Not safe to use", "He reads it", *said):
        assert words in check


def test_another_way_is_added_without_script_and_one_is_removed(client: Browse, world: World) -> None:
    draft = make.filled_draft(world)
    as_user(client, world, world.amara)
    where = f"/referrals/{draft.id.hex}/contact"
    more = client.post_form(where, TYPED | {"more": "1"})
    assert more.status_code == 200
    assert 'id="points-2-value"' in more.text
    assert "There is a problem" not in more.text
    blank = {"points-2-way": "phone", "points-2-value": " "}
    assert client.post_form(where, TYPED | blank | {"points-1-gone": "yes"}).status_code == 303
    assert held(world, draft.case).points == KEPT.points[:1]


def test_the_way_of_an_error_is_pointed_at(client: Browse, world: World) -> None:
    draft = make.filled_draft(world)
    as_user(client, world, world.amara)
    wrong = {name: value for name, value in TYPED.items() if name != "points-1-safety"}
    answer = client.post_form(f"/referrals/{draft.id.hex}/contact", wrong)
    assert answer.status_code == 422
    assert 'href="#points-1-safety">Select whether it is safe to use this' in answer.text
    assert 'id="points-1-safety"' in answer.text


def press(client: Browse, case: Case, step: str, typed: dict[str, Any]) -> Any:
    return client.post_form(f"/cases/{case.id.hex}/{step}", typed, page="/conferences")


@pytest.mark.parametrize("name", ["ben", "noor"])
def test_ways_are_changed_after_sending(client: Browse, world: World, name: str) -> None:
    case = make.sent_referral(world).case
    as_user(client, world, world.cast()[name])
    page = press(client, case, "contact", {}).text
    version = page.split('name="version" value="')[1].split('"')[0]
    assert press(client, case, "contact/change", TYPED | {"version": version}).status_code == 303
    assert held(world, case) == KEPT
    shown = press(client, case, "contact", {}).text
    assert (
        shown.index("Say it is the library.")
        < shown.index("07700 900777")
        < shown.index("testa@home.example")
    )
    assert "Changed how a person may be reached" in shown
    assert kinds(world, case) == ["contact.given", "contact.viewed", "contact.changed", "contact.viewed"]
    again = press(client, case, "contact/change", {"rule": "Never ring.", "version": version})
    assert again.status_code == 409
    assert "Never ring." in again.text
    assert held(world, case) == KEPT


def test_what_is_wrong_comes_back_with_what_was_typed(client: Browse, world: World) -> None:
    case = make.sent_referral(world).case
    before = held(world, case)
    as_user(client, world, world.noor)
    wrong = press(client, case, "contact/change", {"points-0-value": "07700 900777"})
    assert wrong.status_code == 422
    assert wrong.text.count("Select whether it is safe to use this") >= 2
    assert 'value="07700 900777"' in wrong.text
    more = press(client, case, "contact/change", TYPED | {"more": "1"})
    assert more.status_code == 200
    assert 'id="points-2-value"' in more.text
    assert held(world, case) == before


@pytest.mark.parametrize(("name", "status"), [("amara", 403), ("chidi", 403), ("dana", 404), ("erin", 404)])
def test_others_change_nothing(client: Browse, world: World, name: str, status: int) -> None:
    case = make.sent_referral(world, address="1 Hidden Row").case
    before = held(world, case)
    as_user(client, world, world.cast()[name])
    for step, typed in (("contact/change", TYPED), ("address/change", {"words": "2 New Row"})):
        answer = press(client, case, step, typed)
        assert answer.status_code == status
        assert "07700 900123" not in answer.text
    assert held(world, case) == before
    assert kinds(world, case) == ["contact.given", "address.given"]


def test_a_new_address_takes_the_place_of_the_old_which_is_not_shown_for_it(
    client: Browse, world: World
) -> None:
    case = make.sent_referral(world, address="1 Hidden Row").case
    as_user(client, world, world.noor)
    assert "1 Hidden Row" not in client.get(f"/cases/{case.id.hex}/address/change").text
    typed = {"words": "2 New Row", "safety": "unsafe", "who_else": "His mother lives there"}
    assert press(client, case, "address/change", typed).status_code == 303
    shown = press(client, case, "address", {"reason": "To plan the visit."}).text
    for words in ("2 New Row", "Not safe: do not use", "His mother lives there"):
        assert words in shown
    assert "1 Hidden Row" not in shown
    assert kinds(world, case) == ["contact.given", "address.given", "address.given", "address.viewed"]


def test_what_is_not_safe_stays_closed_until_it_is_opened(client: Browse, world: World) -> None:
    draft = make.filled_draft(world)
    referrals.save_contact(world.session, world.amara, draft, KEPT, now=world.now)
    referrals.submit(world.session, world.amara, draft, now=world.now)
    as_user(client, world, world.ben)
    page = client.post_form(f"/queue/{draft.id.hex}/contact", {}, page="/conferences").text
    closed = page.split("Show it all the same")[1]
    assert "testa@home.example" in closed.split("</details>")[0]
    assert "testa@home.example" not in page.split("Show it all the same")[0]
